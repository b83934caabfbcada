#include "analyzers/clang/worker/leader.h"

#include <cerrno>
#include <utility>

#include <llvm/Support/Path.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "analyzers/clang/protocol/frames.h"
#include "analyzers/clang/worker/sandbox.h"
#include "analyzers/clang/worker/unit_child.h"
#include "analyzers/model/unit_codec.h"

namespace patchgate {
namespace {

using namespace protocol;

class Leader {
 public:
  Leader(const ChildSetup& setup, LeadBody body) : setup_(setup), body_(std::move(body)) {}

  [[noreturn]] void run() {
    const auto files = files_of(setup_, body_.unit);
    SharedStart start(body_.unit.root, body_.unit.main_file, setup_.stand_in, {body_.headers, {}},
                      [this](bool clean) { return next(clean); });
    auto facts = parse_unit(request_of(setup_, body_.unit), files, start);
    // This is the process of one unit by now, or that of a start that breaks off.
    if (!start.holds() || !facts.failure.empty()) ::_exit(kExitNotShared);
    facts.missing = files->missing();
    facts.missing_in = files->missing_in();
    end_with(setup_, encode(facts));
  }

 private:
  /// Returns in each process that goes on reading, and never in the leader's own.
  SharedStart::Step next(bool clean) {
    if (!clean) ::_exit(kExitNotShared);
    ++depth_;
    tell(0, {});
    while (true) {
      const auto request = receive(setup_.reins, reader_);
      if (!request) ::_exit(kExitLostParent);
      if (request->type == Type::unlead) ::_exit(0);
      if (request->type == Type::lead) {
        auto body = decode_lead_body(request->payload);
        if (!body) ::_exit(kExitBadRequest);
        if (body->depth != depth_ || !is_alike(body->unit)) {
          tell(kExitNotShared << 8, {});
        } else if (fork_leader()) {
          return {std::move(body->headers), {}};
        }
      } else if (request->type == Type::parse) {
        auto body = decode_parse_body(request->payload);
        if (!body) ::_exit(kExitBadRequest);
        if (!is_alike(*body)) {
          tell(kExitNotShared << 8, {});
        } else if (fork_unit()) {
          return {{}, std::move(body->main_file)};
        }
      } else if (request->type == Type::probe) {
        if (is_fork_again(request->payload) ? fork_leader() : fork_unit())
          end_with(setup_, probed(setup_, request->payload));
      } else {
        ::_exit(kExitBadRequest);
      }
    }
  }

  /// Tried as a leader, who may fork where a unit may not.
  static bool is_fork_again(std::string_view kind) {
    return kind.size() == 1 && static_cast<ProbeKind>(kind.front()) == ProbeKind::fork_again;
  }

  bool is_alike(const ParseBody& body) const {
    const auto folder = [](const ParseBody& one) { return llvm::sys::path::parent_path(one.main_file); };
    const auto& own = body_.unit;
    return body.side == own.side && body.root == own.root && body.directory == own.directory &&
           body.arguments == own.arguments && folder(body) == folder(own);
  }

  void tell(int status, const rusage& used) const {
    const auto microseconds = [](const timeval& time) {
      return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000 + static_cast<std::uint64_t>(time.tv_usec);
    };
    const Died died{0, status, false, microseconds(used.ru_utime) + microseconds(used.ru_stime),
                    static_cast<std::uint64_t>(used.ru_maxrss)};
    if (!send_all(setup_.reins, frame(Type::died, encode(died)))) ::_exit(kExitLostParent);
  }

  /// True in the child.
  bool fork_child(bool counts) const {
    const pid_t self = ::getpid();
    const pid_t child = ::fork();
    if (child == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      if (::getppid() != self) ::_exit(kExitLostParent);
      return true;
    }
    int status = kExitNoSandbox << 8;
    rusage used = {};
    if (child > 0) {
      while (::wait4(child, &status, 0, &used) < 0) {
        if (errno != EINTR) ::_exit(kExitLostParent);
      }
    }
    tell(status, counts ? used : rusage{});
    return false;
  }

  bool fork_unit() const {
    if (!fork_child(/*counts=*/true)) return false;
    ::close(setup_.reins);
    if (!confine_child(::getpid(), ChildRole::unit).stands) ::_exit(kExitNoSandbox);
    return true;
  }

  /// Whatever else that leader used is in the usage of the first one, in the end.
  bool fork_leader() const { return fork_child(/*counts=*/false); }

  const ChildSetup& setup_;
  LeadBody body_;
  FrameReader reader_;
  std::uint32_t depth_ = 0;
};

}  // namespace

void run_leader(const ChildSetup& setup, const std::string& body) {
  auto request = decode_lead_body(body);
  if (!request) ::_exit(kExitBadRequest);
  Leader(setup, std::move(*request)).run();
}

}  // namespace patchgate
