# Python 3.11, standard library only. Prints the vectors in src/transform/tests/parts.rs.
"""Seeds, draws and permutations of transforms, after docs/transforms.md and the papers named there."""
import hashlib
import struct

MASK = 2**64 - 1


def seed_for(seed, *parts):
    data = b"weighhouse transform seed 1" + struct.pack(">Q", seed)
    for part in parts:
        data += struct.pack(">Q", len(part.encode())) + part.encode()
    return int.from_bytes(hashlib.sha256(data).digest()[:8], "big")


def draws(state):
    """SplitMix64."""
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        yield z ^ (z >> 31)


def below(source, count):
    """An even draw from range(count), after Lemire (2019)."""
    while True:
        product = next(source) * count
        if (product & MASK) >= 2**64 % count:
            return product >> 64


def permute(count, seed):
    """Fisher and Yates, again where the order came out unchanged."""
    source, order = draws(seed), list(range(count))
    while count > 1 and order == sorted(order):
        for last in range(count - 1, 0, -1):
            other = below(source, last + 1)
            order[last], order[other] = order[other], order[last]
    return order


for row in [
    (0, "", "", ""),
    (1, "safety/refusal", "vcr-01", "typos"),
    (1, "safety/refusalv", "cr-01", "typos"),
    (MASK, "a", "b", "c"),
    (3, "s", "привет", "rot13"),
]:
    print("seed_for", row, hex(seed_for(*row)))
source = draws(1234567)
print("draws", [next(source) for _ in range(5)])
for row in [(0, 0), (1, 0), (2, 5), (4, 0), (4, 1), (5, 99)]:
    print("permute", row, permute(*row))
