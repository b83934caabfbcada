#include "analyzers/clang/worker/child.h"

#include <new>
#include <string>

#include <llvm/ADT/IntrusiveRefCntPtr.h>
#include <llvm/Support/ErrorHandling.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "analyzers/clang/protocol/frames.h"
#include "analyzers/clang/worker/brokered_file_system.h"
#include "analyzers/clang/worker/lex.h"
#include "analyzers/clang/worker/parse_unit.h"
#include "analyzers/clang/worker/probe.h"
#include "analyzers/clang/worker/sandbox.h"
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

FileEntry ask_parent(int socket, FrameReader& reader, const FileQuery& query) {
  if (!send_all(socket, frame(Type::file_query, encode(query)))) ::_exit(kExitLostParent);
  const auto reply = receive(socket, reader);
  if (!reply || reply->type != Type::file_reply) ::_exit(kExitLostParent);
  const auto entry = decode_file_entry(reply->payload);
  if (!entry) ::_exit(kExitLostParent);
  return *entry;
}

std::string parse(const ChildSetup& setup, const ParseBody& body) {
  FrameReader reader;
  const auto ask = [&](const FileQuery& query) { return ask_parent(setup.socket, reader, query); };
  llvm::IntrusiveRefCntPtr<BrokeredFileSystem> files(
      new BrokeredFileSystem(*setup.files, body.side == 0 ? Scope::base : Scope::head, body.root, ask));
  ParseRequest request;
  request.root = body.root;
  request.directory = body.directory;
  request.main_file = body.main_file;
  request.arguments = body.arguments;
  request.resource_dir = setup.resource_dir;
  auto facts = parse_unit(request, files);
  facts.missing = files->missing();
  return encode(facts);
}

}  // namespace

void run_child(const ChildSetup& setup, Type type, const std::string& body) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != setup.worker) ::_exit(kExitLostParent);
  set_limits(setup);
  if (!confine_child(::getpid())) ::_exit(kExitNoSandbox);
  set_handlers();
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);

  std::string answer;
  if (type == Type::parse) {
    const auto request = decode_parse_body(body);
    if (!request) ::_exit(kExitBadRequest);
    answer = parse(setup, *request);
  } else if (type == Type::lex) {
    const auto request = decode_lex_body(body);
    if (!request) ::_exit(kExitBadRequest);
    answer = encode(lex_tokens(request->text, request->cplusplus));
  } else if (type == Type::probe) {
    answer = std::to_string(run_probe(body, setup.worker));
  } else {
    ::_exit(kExitBadRequest);
  }
  if (answer.size() >= kMaxFrame) ::_exit(kExitOutOfMemory);
  ::_exit(send_all(setup.socket, frame(Type::answer, answer)) ? 0 : kExitLostParent);
}

}  // namespace patchgate
