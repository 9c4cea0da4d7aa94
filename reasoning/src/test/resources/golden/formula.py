"""Numbers that need no file: each is a function of a name and an index, the same bit for bit as in the class Formula of the Java tests."""
import math

import numpy


def java_hash(text):
    value = 0
    for character in text:
        value = (31 * value + ord(character)) & 0xFFFFFFFF
    return value


def uniform(name, shape, amplitude, centre=0.0):
    """Singles in [centre - amplitude, centre + amplitude): SplitMix64's scrambling of the name's hash above the index, upper 24 bits."""
    index = numpy.arange(math.prod(shape), dtype=numpy.uint64)
    with numpy.errstate(over="ignore"):
        z = (numpy.uint64(java_hash(name) << 32) | index) * numpy.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
        z = z ^ (z >> numpy.uint64(31))
    unit = (z >> numpy.uint64(40)).astype(numpy.float32) * numpy.float32(2.0 ** -23) - numpy.float32(1)
    return (numpy.float32(centre) + numpy.float32(amplitude) * unit).reshape(shape)


def weight(name, shape, gain):
    """A matrix whose products have `gain` times the deviation of what goes in, each row from all but the first axis."""
    return uniform(name, shape, gain * math.sqrt(3.0 / math.prod(shape[1:])))
