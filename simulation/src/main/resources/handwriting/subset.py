"""Keeps every n-th image of an IDX pair, so that the shipped part of MNIST stays small.

usage: python3 subset.py NAME STEP SOURCE_FOLDER   (as run: python3 subset.py mnist-train 3 FOLDER)
"""
import gzip
import struct
import sys

name, step, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
labels = gzip.open(f"{folder}/{name}-labels-idx1-ubyte.gz").read()
images = gzip.open(f"{folder}/{name}-images-idx3-ubyte.gz").read()
count = struct.unpack(">I", labels[4:8])[0]
kept = range(0, count, step)


def write(path, data):
    with open(path, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        out.write(data)


write(f"{name}-labels-idx1-ubyte.gz", struct.pack(">II", 2049, len(kept)) + bytes(labels[8 + i] for i in kept))
write(
    f"{name}-images-idx3-ubyte.gz",
    struct.pack(">IIII", 2051, len(kept), 28, 28) + b"".join(images[16 + 784 * i:800 + 784 * i] for i in kept))
