"""What record.c wrote: which return addresses called which functions, by module and address in the module's file."""
import collections
import mmap
import struct
import subprocess

MODULES, PATH, SLOTS = 128, 512, 1 << 20
HEADER = struct.Struct("=8sQQQ")
MODULE = struct.Struct(f"=QQQ{PATH}s")
SLOT = struct.Struct("=QQQ")

Pair = collections.namedtuple("Pair", "site_module site callee_module callee")


class Broken(Exception):
    """A record that can't be trusted."""


def files_of(repository):
    """The files that git knows there."""
    out = subprocess.run(["git", "-C", str(repository), "ls-files", "-z"], check=True, capture_output=True).stdout
    return frozenset(name.decode("utf-8", "surrogateescape") for name in out.split(b"\0") if name)


def place(modules, address):
    """(path, address in the file) or (None, address)"""
    for bias, begin, end, path in modules:
        if begin <= address < end:
            return path, address - bias
    return None, address


def read_one(data, name):
    magic, slots, count, lost = HEADER.unpack_from(data, 0)
    if magic != b"pgcalls1" or slots != SLOTS or count > MODULES:
        raise Broken(f"{name}: not of this recorder")
    if lost:
        raise Broken(f"{name}: {lost} calls found no room; raise kSlots")
    modules = []
    for i in range(count):
        bias, begin, end, path = MODULE.unpack_from(data, HEADER.size + i * MODULE.size)
        modules.append((bias, begin, end, path.split(b"\0", 1)[0].decode("utf-8", "surrogateescape")))
    start = HEADER.size + MODULES * MODULE.size
    for site, callee, calls in SLOT.iter_unpack(data[start:start + SLOTS * SLOT.size]):
        if site and callee:
            yield Pair(*place(modules, site), *place(modules, callee)), calls


def read(folder):
    """Pair → how often, over all processes."""
    pairs = collections.Counter()
    for path in sorted(folder.glob("*.calls")):
        if path.stat().st_size == 0:
            continue
        with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            if any(data[:HEADER.size]):  # else its process was killed before it wrote a word
                for pair, calls in read_one(data, path.name):
                    pairs[pair] += calls
    if not pairs:
        raise Broken(f"{folder}: no call was recorded")
    return pairs
