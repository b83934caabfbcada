#include <cstdint>

#include <sys/syscall.h>
#include <unistd.h>

#include "analyzers/clang/worker/sandbox.h"

namespace patchgate {
namespace {

// Numbers and layout of <linux/landlock.h> of Linux 6.12: the header of the build machine may be older than the kernel
// that the program meets, and glibc has no wrappers.
#ifndef SYS_landlock_create_ruleset
constexpr long kCreateRuleset = 444;
constexpr long kRestrictSelf = 446;
#else
constexpr long kCreateRuleset = SYS_landlock_create_ruleset;
constexpr long kRestrictSelf = SYS_landlock_restrict_self;
#endif
constexpr std::uint32_t kAskVersion = 1;

struct RulesetAttributes {
  std::uint64_t files = 0;
  std::uint64_t network = 0;
  std::uint64_t scoped = 0;
};

constexpr std::uint64_t low_bits(int count) { return (std::uint64_t{1} << count) - 1; }

}  // namespace

int enter_landlock() {
  const long level = ::syscall(kCreateRuleset, nullptr, 0, kAskVersion);
  if (level < 1) return 0;
  RulesetAttributes attributes;
  // Level 1 knows 13 rights on files, 2 adds linking to another folder, 3 truncation, 5 device control.
  attributes.files = low_bits(level >= 5 ? 16 : level >= 3 ? 15 : level >= 2 ? 14 : 13);
  std::size_t size = sizeof attributes.files;
  if (level >= 4) {
    attributes.network = low_bits(2);  // bind and connect by TCP
    size = 2 * sizeof attributes.files;
  }
  if (level >= 6) {
    attributes.scoped = low_bits(2);  // abstract sockets and signals of others
    size = sizeof attributes;
  }
  const long ruleset = ::syscall(kCreateRuleset, &attributes, size, 0);
  if (ruleset < 0) return 0;
  const bool stands = ::syscall(kRestrictSelf, static_cast<int>(ruleset), 0) == 0;
  ::close(static_cast<int>(ruleset));
  return stands ? static_cast<int>(level) : 0;
}

}  // namespace patchgate
