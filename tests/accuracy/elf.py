"""The machine code of an ELF file (x86-64): whether the call before a return address names its target."""
import struct

EXECUTABLE, LOAD = 1, 1


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
        """Sections of the procedure linkage table: a call there is a call by name into another module."""
        start = struct.unpack_from("<Q", self.data, 40)[0]
        size, count, names = struct.unpack_from("<HHH", self.data, 58)
        headers = [struct.unpack_from("<IIQQQQ", self.data, start + i * size) for i in range(count)]
        text = headers[names][4] if names < count else 0
        return [(address, address + length) for name, _, _, address, _, length in headers
                if self.data[text + name:text + name + 4] == b".plt"]

    def bytes_before(self, address, length):
        for begin, offset, size in self.segments:
            if begin + length <= address <= begin + size:
                return self.data[offset + address - begin - length:offset + address - begin]
        return b""

    def is_direct(self, site, callee):
        """`site`: the address that the call returns to; `callee`: an address in this file, None for another file's."""
        before = self.bytes_before(site, 5)
        if len(before) < 5 or before[0] != 0xE8:
            return False
        target = site + struct.unpack("<i", before[1:])[0]
        return target == callee or any(begin <= target < end for begin, end in self.stubs)
