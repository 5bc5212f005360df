#!/usr/bin/python3
"""Joins the app's PNG files to the icon files of Windows (.ico) and macOS (.icns); run by export-icons.sh.

Both formats hold PNG files as they are since Windows Vista and Mac OS X 10.7.
"""

import os
import struct

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "app")
ICNS_TYPES = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09"}


def png(size):
    """The picture of this size in pixels."""
    with open(os.path.join(FOLDER, "png", f"countermand-{size}.png"), "rb") as picture:
        return picture.read()


def ico(sizes):
    """An icon file of Windows; a size of 256 is written as 0."""
    offset = 6 + 16 * len(sizes)
    entries, pictures = b"", b""
    for size in sizes:
        data = png(size)
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), offset + len(pictures))
        pictures += data
    return struct.pack("<HHH", 0, 1, len(sizes)) + entries + pictures


def icns():
    """An icon file of macOS."""
    parts = b"".join(kind + struct.pack(">I", 8 + len(png(size))) + png(size) for size, kind in ICNS_TYPES.items())
    return b"icns" + struct.pack(">I", 8 + len(parts)) + parts


for name, content in (("countermand.ico", ico([16, 24, 32, 48, 64, 128, 256])), ("countermand.icns", icns())):
    with open(os.path.join(FOLDER, name), "wb") as out:
        out.write(content)
