#include "analyzers/clang/worker/fork_requests.h"

#include <cerrno>
#include <cstring>

#include <linux/seccomp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace patchgate {
namespace {

template <class T>
union Room {
  unsigned char all[1024] = {};
  T known;
};

/// One byte that carries one descriptor.
struct Parcel {
  char byte = 0;
  iovec part{&byte, 1};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr message() {
    msghdr out = {};
    out.msg_iov = &part;
    out.msg_iovlen = 1;
    out.msg_control = control;
    out.msg_controllen = sizeof control;
    return out;
  }
};

}  // namespace

ForkRequests& ForkRequests::operator=(ForkRequests&& other) noexcept {
  if (this == &other) return *this;
  if (fd_ >= 0) ::close(fd_);
  fd_ = other.fd_;
  other.fd_ = -1;
  return *this;
}

ForkRequests::~ForkRequests() {
  if (fd_ >= 0) ::close(fd_);
}

void ForkRequests::answer(unsigned& left) {
  // Both have the size that the running kernel gives them, and room that is used has to be zero.
  Room<seccomp_notif> asked;
  if (::ioctl(fd_, SECCOMP_IOCTL_NOTIF_RECV, &asked) != 0) {
    // Who asked may have been killed meanwhile; another one may still ask.
    if (errno != ENOENT && errno != EINTR) *this = ForkRequests();
    return;
  }
  Room<seccomp_notif_resp> said;
  said.known.id = asked.known.id;
  if (left > 0) {
    --left;
    said.known.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
  } else {
    said.known.error = -EPERM;
  }
  ::ioctl(fd_, SECCOMP_IOCTL_NOTIF_SEND, &said);
}

bool ForkRequests::hand_over(int socket, int requests) {
  Parcel parcel;
  auto message = parcel.message();
  auto* const header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof requests);
  std::memcpy(CMSG_DATA(header), &requests, sizeof requests);
  const bool sent = ::sendmsg(socket, &message, MSG_NOSIGNAL) == 1;
  ::close(requests);
  return sent;
}

std::optional<int> ForkRequests::take_over(int socket) {
  Parcel parcel;
  auto message = parcel.message();
  const auto got = ::recvmsg(socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return std::nullopt;
  if (got != 1) return -1;
  const auto* const header = CMSG_FIRSTHDR(&message);
  if (header == nullptr || header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) return -1;
  int requests = -1;
  std::memcpy(&requests, CMSG_DATA(header), sizeof requests);
  return requests;
}

}  // namespace patchgate
