#include "analyzers/clang/worker/sandbox.h"

#include <cerrno>
#include <initializer_list>
#include <memory>

#include <linux/capability.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace patchgate {
namespace {

struct ReleaseFilter {
  void operator()(void* filter) const { seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, ReleaseFilter>;

// What a process needs that computes, keeps memory and threads, talks on sockets that it already has, and forks.
constexpr int kAllowed[] = {
    // memory
    SCMP_SYS(brk), SCMP_SYS(madvise), SCMP_SYS(mremap), SCMP_SYS(munmap),
    // sockets and pipes that are open
    SCMP_SYS(close), SCMP_SYS(dup2), SCMP_SYS(dup3), SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(read),
    SCMP_SYS(recvfrom), SCMP_SYS(recvmsg), SCMP_SYS(sendmsg), SCMP_SYS(sendto), SCMP_SYS(write), SCMP_SYS(writev),
    // threads, time, signals to itself (a child's tgkill and kill are narrowed down by confine_child)
    SCMP_SYS(clock_getres), SCMP_SYS(clock_gettime), SCMP_SYS(clock_nanosleep), SCMP_SYS(clone), SCMP_SYS(exit),
    SCMP_SYS(exit_group), SCMP_SYS(futex), SCMP_SYS(getpid), SCMP_SYS(getppid), SCMP_SYS(getrandom),
    SCMP_SYS(getrusage), SCMP_SYS(gettid), SCMP_SYS(gettimeofday), SCMP_SYS(kill), SCMP_SYS(membarrier),
    SCMP_SYS(nanosleep), SCMP_SYS(restart_syscall), SCMP_SYS(rseq), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn), SCMP_SYS(sched_getaffinity), SCMP_SYS(sched_yield), SCMP_SYS(set_robust_list),
    SCMP_SYS(set_tid_address), SCMP_SYS(sigaltstack), SCMP_SYS(tgkill), SCMP_SYS(uname),
    // the worker's own work: children, their limits and their filter
    SCMP_SYS(prctl), SCMP_SYS(prlimit64), SCMP_SYS(seccomp), SCMP_SYS(setpgid), SCMP_SYS(setrlimit),
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    // The runtimes of the sanitizers ask a pipe whether an address can be read.
    SCMP_SYS(pipe), SCMP_SYS(pipe2),
#endif
    SCMP_SYS(getrlimit), SCMP_SYS(wait4)};

// No parser calls these by accident: whoever does is taken over.
constexpr int kDeadly[] = {SCMP_SYS(accept),
                           SCMP_SYS(accept4),
                           SCMP_SYS(bind),
                           SCMP_SYS(bpf),
                           SCMP_SYS(connect),
                           SCMP_SYS(execve),
                           SCMP_SYS(execveat),
                           SCMP_SYS(init_module),
                           SCMP_SYS(finit_module),
                           SCMP_SYS(io_uring_setup),
                           SCMP_SYS(kexec_load),
                           SCMP_SYS(keyctl),
                           SCMP_SYS(listen),
                           SCMP_SYS(mount),
                           SCMP_SYS(open_by_handle_at),
                           SCMP_SYS(perf_event_open),
                           SCMP_SYS(pidfd_getfd),
                           SCMP_SYS(pivot_root),
                           SCMP_SYS(process_vm_readv),
                           SCMP_SYS(process_vm_writev),
                           SCMP_SYS(ptrace),
                           SCMP_SYS(setns),
                           SCMP_SYS(socket),
                           SCMP_SYS(unshare),
                           SCMP_SYS(userfaultfd)};

bool limit(__rlimit_resource resource, rlim_t most) {
  rlimit now = {};
  if (::getrlimit(resource, &now) != 0) return false;
  if (now.rlim_max != RLIM_INFINITY && now.rlim_max < most) most = now.rlim_max;
  const rlimit wanted = {most, most};
  return ::setrlimit(resource, &wanted) == 0;
}

void drop_capabilities() {
  __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  const __user_cap_data_struct none[2] = {};
  ::syscall(SYS_capset, &header, none);
}

bool load_filter() {
  Filter filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)));
  if (filter == nullptr) return false;
  bool good = seccomp_attr_set(filter.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0;
  seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2);  // a tree instead of a chain, where libseccomp can
  for (const int call : kAllowed) good = good && seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0) == 0;
  for (const int call : kDeadly) good = good && seccomp_rule_add(filter.get(), SCMP_ACT_KILL_PROCESS, call, 0) == 0;
  // New code can't be made: what is executable was mapped by the loader.
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)})
    good =
        good && seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0;
  // The worker grants its leaders' forks by these.
  for (const auto request : {SECCOMP_IOCTL_NOTIF_RECV, SECCOMP_IOCTL_NOTIF_SEND})
    good = good && seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1,
                                    SCMP_A1(SCMP_CMP_MASKED_EQ, 0xffffffffU, request)) == 0;
  // The flags of clone3 lie in memory, where a filter cannot look; the C library falls back to clone.
  good = good && seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
  return good && seccomp_load(filter.get()) == 0;
}

}  // namespace

Result<std::string> enter_sandbox(std::string_view mode) {
  constexpr rlim_t kMiB = 1U << 20U;
  ::umask(0077);
  bool limited = limit(RLIMIT_CORE, 0);
  limited = limit(RLIMIT_FSIZE, 0) && limited;
  // Four for each of kMaxSlots: its socket, both ends of its leader's reins, what the leader's filter is watched by.
  limited = limit(RLIMIT_NOFILE, 512) && limited;
  limited = limit(RLIMIT_STACK, 64 * kMiB) && limited;
  ::prctl(PR_SET_DUMPABLE, 0);
  if (mode == "off") return std::string("off");

  drop_capabilities();
  const bool no_new_privileges = ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
  const int landlock = no_new_privileges ? enter_landlock() : 0;
  const bool filtered = no_new_privileges && load_filter();
  if (mode != "best-effort" && (!filtered || !limited))
    return fail(
        Error::Kind::toolchain,
        filtered ? "the sandbox could not set its resource limits" : "the sandbox could not be set up (seccomp)",
        "run where seccomp filters are allowed, or choose --sandbox=best-effort; the report records it");
  std::string stands = filtered ? "seccomp" : "";
  if (landlock > 0) stands += (stands.empty() ? "landlock" : "+landlock") + std::to_string(landlock);
  return stands.empty() ? std::string("none") : stands;
}

Confinement confine_child(pid_t self, ChildRole role) {
  const auto pid = static_cast<scmp_datum_t>(self);
  Filter filter(seccomp_init(SCMP_ACT_ALLOW));
  if (filter == nullptr) return {};
  const auto refuse = SCMP_ACT_ERRNO(EPERM);
  bool good = true;
  const auto refuse_all = [&](std::initializer_list<int> calls) {
    for (const int call : calls) good = good && seccomp_rule_add(filter.get(), refuse, call, 0) == 0;
  };
  const auto refuse_clone = [&](scmp_datum_t mask, scmp_datum_t value) {
    good = good &&
           seccomp_rule_add(filter.get(), refuse, SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, mask, value)) == 0;
  };
  refuse_all({SCMP_SYS(ioctl), SCMP_SYS(kill), SCMP_SYS(setpgid), SCMP_SYS(setrlimit)});
  if (role == ChildRole::unit) {
    refuse_all({SCMP_SYS(seccomp), SCMP_SYS(wait4)});
    // A thread is allowed: Clang parses deep nesting on a fresh stack.
    refuse_clone(CLONE_THREAD, 0);
  } else {
    // A plain copy of itself, in no namespace of its own, whose parent it is.
    for (const scmp_datum_t flag :
         {CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET,
          CLONE_PARENT, CLONE_PTRACE, CLONE_UNTRACED, CLONE_VFORK})
      refuse_clone(flag, flag);
    // What refuses counts more than what asks.
    good = good && seccomp_rule_add(filter.get(), SCMP_ACT_NOTIFY, SCMP_SYS(clone), 1,
                                    SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0)) == 0;
  }
  good = good && seccomp_rule_add(filter.get(), refuse, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_NE, pid)) == 0;
  // Limits may be asked for, not set.
  good = good && seccomp_rule_add(filter.get(), refuse, SCMP_SYS(prlimit64), 1, SCMP_A2(SCMP_CMP_NE, 0)) == 0;
  if (!good || seccomp_load(filter.get()) != 0) return {};
  return {true, role == ChildRole::leader ? seccomp_notify_fd(filter.get()) : -1};
}

}  // namespace patchgate
