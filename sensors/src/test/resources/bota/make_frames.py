"""Writes frames.bin and frames.csv: what a Bota Systems sensor sends, packed and summed by Python's struct and the package crc (which Bota's own example uses)."""

import random
import struct

from crc import Calculator, Configuration

X25 = Calculator(Configuration(16, 0x1021, 0xFFFF, 0xFFFF, True, True))
random.seed(7)
frames = b""
rows = []
for k in range(40):
    status = 4 if k == 11 else 2 if k == 12 else 0
    wrench = [random.uniform(-500, 500) for _ in range(3)] + [random.uniform(-15, 15) for _ in range(3)]
    if k == 20:
        wrench = [struct.unpack("<f", b"\xaa\xaa\xaa\xaa")[0]] * 6
    data = struct.pack("<H6fIf", status, *wrench, 1250 * k, 30.5)
    assert len(data) == 34
    frames += b"\xaa" + data + struct.pack("<H", X25.checksum(data))
    rows.append([status] + [struct.unpack("<f", struct.pack("<f", w))[0] for w in wrench])
open("frames.bin", "wb").write(frames)
with open("frames.csv", "w") as out:
    for row in rows:
        out.write(",".join(repr(v) for v in row) + "\n")
