#include "analyzers/clang/worker/child.h"

#include <new>

#include <llvm/Support/ErrorHandling.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "analyzers/clang/worker/fork_requests.h"
#include "analyzers/clang/worker/leader.h"
#include "analyzers/clang/worker/lex.h"
#include "analyzers/clang/worker/sandbox.h"
#include "analyzers/clang/worker/shape_unit.h"
#include "analyzers/clang/worker/unit_child.h"
#include "analyzers/model/body_shape.h"
#include "analyzers/model/unit_codec.h"

namespace patchgate {
namespace {

using namespace protocol;

[[noreturn]] void out_of_memory() { ::_exit(kExitOutOfMemory); }

void set_limits(const ChildSetup& setup) {
  // The soft limit ends it with SIGXCPU, which says why; the hard one is for a child that ignores that.
  const rlimit cpu = {setup.limits.cpu_seconds, setup.limits.cpu_seconds + 1};
  ::setrlimit(RLIMIT_CPU, &cpu);
  const auto bytes = setup.limits.memory_bytes + setup.own_address_space;
  const rlimit memory = {bytes, bytes};
  ::setrlimit(RLIMIT_AS, &memory);
}

void set_handlers() {
  std::set_new_handler(out_of_memory);
  llvm::install_bad_alloc_error_handler([](void*, const char*, bool) { ::_exit(kExitOutOfMemory); });
  llvm::install_fatal_error_handler([](void*, const char*, bool) { ::_exit(kExitFatal); });
}

}  // namespace

void run_child(const ChildSetup& setup, Type type, const std::string& body) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != setup.worker) ::_exit(kExitLostParent);
  set_limits(setup);
  const auto role = type == Type::lead ? ChildRole::leader : ChildRole::unit;
  const auto confined = confine_child(::getpid(), role);
  if (!confined.stands) ::_exit(role == ChildRole::leader ? kExitNotShared : kExitNoSandbox);
  if (role == ChildRole::leader && !ForkRequests::hand_over(setup.reins, confined.fork_requests))
    ::_exit(kExitLostParent);
  set_handlers();
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);

  if (type == Type::lead) run_leader(setup, body);
  if (type == Type::parse) {
    const auto request = decode_parse_body(body);
    if (!request) ::_exit(kExitBadRequest);
    const auto files = files_of(setup, *request);
    auto facts = parse_unit(request_of(setup, *request), files);
    facts.missing = files->missing();
    facts.missing_in = files->missing_in();
    end_with(setup, encode(facts));
  }
  if (type == Type::shape) {
    const auto request = decode_shape_body(body);
    if (!request) ::_exit(kExitBadRequest);
    WantedBodies wanted;
    for (const auto& one : request->wanted) wanted.push_back({one.path, {one.begin, one.end}});
    end_with(setup, encode(shape_unit(request_of(setup, request->unit), files_of(setup, request->unit), wanted)));
  }
  if (type == Type::lex) {
    const auto request = decode_lex_body(body);
    if (!request) ::_exit(kExitBadRequest);
    end_with(setup, encode(lex_tokens(request->text, request->cplusplus)));
  }
  if (type == Type::probe) end_with(setup, probed(setup, body));
  ::_exit(kExitBadRequest);
}

}  // namespace patchgate
