#pragma once

#include <optional>

namespace patchgate {

/// The forks that a leader and all that it forked ask for: the kernel holds each until this process has said yes or no
/// (seccomp_unotify(2)). Owns the descriptor on which they come; -1 = there is none.
class ForkRequests {
 public:
  explicit ForkRequests(int fd = -1) : fd_(fd) {}
  ForkRequests(ForkRequests&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  ForkRequests& operator=(ForkRequests&& other) noexcept;
  ~ForkRequests();

  /// To be polled for POLLIN.
  int fd() const { return fd_; }
  /// Takes one request, which must be waiting, and answers it: granted when `left` is not zero, which it counts down.
  void answer(unsigned& left);

  /// Hands the descriptor of requests, which it closes, to the other end of `socket`; false when that failed.
  static bool hand_over(int socket, int requests);
  /// What hand_over sent; -1 when something else came, nothing when nothing came yet.
  static std::optional<int> take_over(int socket);

 private:
  int fd_;
};

}  // namespace patchgate
