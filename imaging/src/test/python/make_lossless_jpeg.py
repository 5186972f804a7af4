"""Writes lossless JPEG files and a JPEG 2000 code stream for the tests, whose pixels both sides compute: (37 x + 61 y + x y) mod 2^bits.

usage: make_lossless_jpeg.py FOLDER    (needs imagecodecs==2026.3.6)
"""

import sys
from pathlib import Path

import imagecodecs
import numpy as np

y, x = np.mgrid[0:24, 0:32]
for bits in (8, 12, 16):
    pixels = ((37 * x + 61 * y + x * y) % 2 ** bits).astype("u1" if bits == 8 else "u2")
    Path(sys.argv[1], f"lossless-{bits}.jpg").write_bytes(imagecodecs.ljpeg_encode(pixels, bitspersample=bits))
    if bits == 8:
        stream = imagecodecs.jpeg2k_encode(pixels, codecformat="j2k", reversible=True)
        Path(sys.argv[1], "reversible-8.j2k").write_bytes(stream)
