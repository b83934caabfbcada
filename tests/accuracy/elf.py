"""The machine code of an ELF file (x86-64): whether the call before a return address names its target."""
import re
import struct

EXECUTABLE, LOAD, RELOCATIONS = 1, 1, 4
VARIANT = re.compile(r"(?<=[CD])[0-5](?=E)")  # one function under several names


class Code:
    def __init__(self, path):
        with open(path, "rb") as file:
            self.data = file.read()
        if self.data[:6] != b"\x7fELF\x02\x01" or struct.unpack_from("<H", self.data, 18)[0] != 62:
            raise ValueError(f"{path}: not an ELF file for x86-64")
        self.segments = self._segments()
        self.stubs = self._stubs()

    def _segments(self):
        start, size, count = *struct.unpack_from("<Q", self.data, 32), *struct.unpack_from("<HH", self.data, 54)
        found = []
        for i in range(count):
            kind, flags, offset, address, _, length = struct.unpack_from("<IIQQQQ", self.data, start + i * size)
            if kind == LOAD and flags & EXECUTABLE:
                found.append((address, offset, length))
        return found

    def _stubs(self):
        """address of the table entry that a stub of the procedure linkage table jumps through → the symbol's name"""
        start = struct.unpack_from("<Q", self.data, 40)[0]
        size, count = struct.unpack_from("<HH", self.data, 58)
        headers = [struct.unpack_from("<IIQQQQII", self.data, start + i * size) for i in range(count)]
        found = {}
        for _, kind, _, _, offset, length, link, _ in headers:
            if kind != RELOCATIONS:
                continue
            symbols, strings = headers[link][4], headers[headers[link][6]][4]
            for slot, info, _ in struct.iter_unpack("<QQq", self.data[offset:offset + length]):
                name = strings + struct.unpack_from("<I", self.data, symbols + 24 * (info >> 32))[0]
                found[slot] = self.data[name:self.data.index(b"\0", name)].decode("utf-8", "surrogateescape")
        return found

    def _stub_name(self, address):
        """The symbol of the stub at an address, None where there is no stub."""
        code = self.bytes_before(address + 16, 16)
        place = code.find(b"\xff\x25", 0, 6)
        if place < 0 or len(code) < 16:
            return None
        return self.stubs.get(address + place + 6 + struct.unpack_from("<i", code, place + 2)[0])

    def bytes_before(self, address, length):
        for begin, offset, size in self.segments:
            if begin + length <= address <= begin + size:
                return self.data[offset + address - begin - length:offset + address - begin]
        return b""

    def is_direct(self, site, callee, name):
        """`site`: the address that the call returns to; `callee`: an address in this file, None for another file's;
        `name`: the linker's. A call by name into a library that jumps on to the callee is none of the callee."""
        before = self.bytes_before(site, 5)
        if len(before) < 5 or before[0] != 0xE8:
            return False
        target = site + struct.unpack("<i", before[1:])[0]
        return target == callee or VARIANT.sub("", self._stub_name(target) or "") == VARIANT.sub("", name)
