# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Reads the names of a waveform in GTKWave's FST format; the values are not touched."""

import pathlib
import zlib

HIERARCHY_GZIP, HIERARCHY_LZ4, HIERARCHY_LZ4_TWICE, WRAPPED = 4, 6, 7, 254
ATTRIBUTE, ATTRIBUTE_END, SCOPE, SCOPE_END = 252, 253, 254, 255
ENUMERATION = 7  # kind of attribute: without a text, the next signal has values with names


class FormatError(Exception):
    """The file is not a whole FST waveform."""


def lz4_block(data, size):
    """Decompresses one LZ4 block to `size` bytes."""
    out = bytearray()
    at = 0

    def length(nibble):
        nonlocal at
        total = nibble
        while nibble == 15:
            total += data[at]
            at += 1
            if data[at - 1] != 255:
                break
        return total

    while True:
        token = data[at]
        at += 1
        literals = length(token >> 4)
        out += data[at:at + literals]
        at += literals
        if at >= len(data):
            break
        offset = int.from_bytes(data[at:at + 2], "little")
        at += 2
        for _ in range(length(token & 15) + 4):
            out.append(out[-offset])
    if len(out) != size:
        raise FormatError("broken LZ4 block")
    return bytes(out)


def hierarchy_bytes(path):
    """The decompressed hierarchy block of a file."""
    data = pathlib.Path(path).read_bytes()
    at = 0
    while at + 9 <= len(data):  # a kind, a length that counts itself, and so much data
        kind, length = data[at], int.from_bytes(data[at + 1:at + 9], "big")
        block = data[at + 9:at + 1 + length]
        size = int.from_bytes(block[:8], "big")
        if kind == WRAPPED or len(block) + 8 < length:
            break
        if kind == HIERARCHY_GZIP:
            return zlib.decompress(block[8:], wbits=31)
        if kind == HIERARCHY_LZ4:
            return lz4_block(block[8:], size)
        if kind == HIERARCHY_LZ4_TWICE:
            return lz4_block(lz4_block(block[16:], int.from_bytes(block[8:16], "big")), size)
        at += 1 + length
    raise FormatError("no hierarchy in this file; was the run stopped before its end?")


def signals(path):
    """Yields (full name as GTKWave shows it, without the range; range such as "[7:0]" or ""; whether its values have names)
    of every signal."""
    try:
        data = hierarchy_bytes(path)
    except (IndexError, zlib.error) as error:
        raise FormatError("its hierarchy is broken") from error
    at = 0

    def text():
        nonlocal at
        end = data.index(0, at)
        value = data[at:end].decode()
        at = end + 1
        return value

    def skip_number():
        nonlocal at
        while data[at] & 0x80:
            at += 1
        at += 1

    scopes, named = [], False
    while at < len(data):
        tag = data[at]
        at += 1
        if tag == SCOPE:
            at += 1
            scopes.append(text())
            text()
        elif tag == SCOPE_END:
            scopes.pop()
        elif tag == ATTRIBUTE:
            kind = data[at + 1]
            at += 2
            named = (text() == "" and kind == ENUMERATION) or named
            skip_number()
        elif tag != ATTRIBUTE_END:
            at += 1
            name, _, extent = text().partition(" ")
            skip_number()
            skip_number()
            yield ".".join([*scopes, name]), extent, named
            named = False
