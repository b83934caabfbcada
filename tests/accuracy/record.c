// Counts the calls that really happen in a program compiled with -finstrument-functions: preloaded, it answers the
// entry of every such function. The counters lie in a shared map of a file $ACCURACY_RECORDS/*.calls from the first
// call on, so forked children add to the same ones, and _exit, a signal or a crash lose nothing. A program that starts
// another one makes another file. truth.py reads it; layout: struct calls, native order.
#define _GNU_SOURCE
#include <fcntl.h>
#include <link.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { kModules = 128, kPath = 512, kSlots = 1 << 20, kPatience = 1 << 20 };

struct module {
  uint64_t bias, begin, end;  // begin, end: of its code, in memory; bias: address in memory - address in the file
  char path[kPath];
};

struct slot {
  _Atomic uint64_t site, callee, count;  // site: the address that the call returns to
};

struct calls {
  char magic[8];
  uint64_t slots;
  _Atomic uint64_t modules;
  _Atomic uint64_t lost;  // calls that found no room
  struct module module[kModules];
  struct slot slot[kSlots];
};

static _Atomic(struct calls*) shared;
static atomic_flag opening = ATOMIC_FLAG_INIT;
static atomic_flag listing = ATOMIC_FLAG_INIT;

static struct calls* open_map(void) {
  const char* folder = getenv("ACCURACY_RECORDS");
  if (folder == NULL) return NULL;
  char path[4096];
  const int length = snprintf(path, sizeof path, "%s/XXXXXX.calls", folder);
  if (length < 0 || (size_t)length >= sizeof path) return NULL;
  const int file = mkstemps(path, 6);
  if (file < 0) return NULL;
  void* map = MAP_FAILED;
  if (ftruncate(file, sizeof(struct calls)) == 0) {
    map = mmap(NULL, sizeof(struct calls), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  }
  close(file);
  if (map == MAP_FAILED) return NULL;
  struct calls* calls = map;
  calls->slots = kSlots;
  memcpy(calls->magic, "pgcalls1", 8);
  return calls;
}

static int is_listed(const struct calls* calls, uint64_t address) {
  const uint64_t modules = atomic_load(&calls->modules);
  for (uint64_t i = 0; i < modules; ++i) {
    if (address >= calls->module[i].begin && address < calls->module[i].end) return 1;
  }
  return 0;
}

static int list_module(struct dl_phdr_info* info, size_t size, void* context) {
  (void)size;
  struct calls* calls = context;
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const ElfW(Phdr)* header = &info->dlpi_phdr[i];
    if (header->p_type != PT_LOAD || (header->p_flags & PF_X) == 0) continue;
    const uint64_t begin = info->dlpi_addr + header->p_vaddr;
    const uint64_t place = atomic_load(&calls->modules);
    if (is_listed(calls, begin) || place == kModules) continue;
    struct module* module = &calls->module[place];
    module->bias = info->dlpi_addr;
    module->begin = begin;
    module->end = begin + header->p_memsz;
    // The program itself has no name there.
    if (info->dlpi_name[0] != '\0') {
      strncpy(module->path, info->dlpi_name, kPath - 1);
    } else if (readlink("/proc/self/exe", module->path, kPath - 1) < 0) {
      continue;
    }
    atomic_store(&calls->modules, place + 1);
  }
  return 0;
}

static void list_modules(struct calls* calls, uint64_t address) {
  if (is_listed(calls, address) || atomic_flag_test_and_set(&listing)) return;
  dl_iterate_phdr(list_module, calls);
  atomic_flag_clear(&listing);
}

// The slot of this pair, made if need be; NULL where the table is full.
static struct slot* find_slot(struct calls* calls, uint64_t site, uint64_t callee) {
  uint64_t place = (site * 0x9e3779b97f4a7c15u) ^ (callee * 0xc2b2ae3d27d4eb4fu);
  place ^= place >> 32;
  for (uint64_t tried = 0; tried < kSlots; ++tried, ++place) {
    struct slot* slot = &calls->slot[place % kSlots];
    uint64_t found = atomic_load_explicit(&slot->site, memory_order_acquire);
    if (found == 0 && atomic_compare_exchange_strong(&slot->site, &found, site)) {
      atomic_store_explicit(&slot->callee, callee, memory_order_release);
      list_modules(calls, site);
      list_modules(calls, callee);
      return slot;
    }
    if (found != site) continue;
    // Another thread or process is between its two stores; one that was killed there never comes to the second.
    uint64_t other = 0;
    for (int i = 0; i < kPatience && other == 0; ++i) other = atomic_load_explicit(&slot->callee, memory_order_acquire);
    if (other == callee) return slot;
  }
  return NULL;
}

void __cyg_profile_func_enter(void* callee, void* site) {
  struct calls* calls = atomic_load_explicit(&shared, memory_order_acquire);
  if (calls == NULL) {
    if (atomic_flag_test_and_set(&opening)) return;  // no folder was given, or another thread is at it
    calls = open_map();
    if (calls == NULL) return;
    atomic_store_explicit(&shared, calls, memory_order_release);
  }
  struct slot* slot = find_slot(calls, (uint64_t)site, (uint64_t)callee);
  atomic_fetch_add_explicit(slot != NULL ? &slot->count : &calls->lost, 1, memory_order_relaxed);
}

void __cyg_profile_func_exit(void* callee, void* site) {
  (void)callee;
  (void)site;
}
