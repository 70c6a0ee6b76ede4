# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Coefficients of the FP32 functions (docs/numbers.md, "Functions"): function_table_pkg.sv and function_table.hpp.

Everything is computed with 40 decimal digits and integers, so that every machine gets the same tables. A segment of a curve
is the integer polynomial of `evaluate`; its coefficients come from interpolation at the Chebyshev nodes, and the constant one
then moves to the middle of the error that is left, the roundings of `evaluate` included.
"""

import dataclasses
import decimal

from .common import fill, require

_DIGITS = 40
_POINTS = 64  # where the error of a segment is looked at, besides its end


def _log2_quotient(f):
    """log2(1 + f) / f."""
    ln2 = decimal.Decimal(2).ln()
    return 1 / ln2 if f == 0 else (1 + f).ln() / ln2 / f


@dataclasses.dataclass(frozen=True)
class Shape:
    """Widths of the fixed-point evaluation."""

    fraction: int = 27        # bits below the point of a value and of all coefficients
    offset: int = 20          # bits of the signed offset from the middle of a segment
    short_offset: int = 14    # upper bits of it that the quadratic term uses
    constant: int = 27        # bits of c0 without its leading one
    linear: int = 23          # bits of c1, signed
    quadratic: int = 15       # bits of c2, unsigned


@dataclasses.dataclass(frozen=True)
class Curve:
    """A function of u in [0, 1) with values in [1, 2], in 2^segments equal pieces from `first` on in the table."""

    name: str
    first: int
    segments: int
    value: object


def curves():
    """The tables, in the order of their addresses."""
    ln2 = decimal.Decimal(2).ln()
    half = decimal.Decimal("0.5")
    return [
        Curve("2 / (1 + u)", 0, 7, lambda u: 2 / (1 + u)),
        Curve("2 / sqrt(1 + u)", 128, 7, lambda u: 2 / (1 + u).sqrt()),
        Curve("2 / sqrt(2 + 2u)", 256, 7, lambda u: 2 / (2 + 2 * u).sqrt()),
        Curve("2^u", 384, 6, lambda u: (u * ln2).exp()),
        Curve("log2(1 + f) / f, f = u below 1/2, (u - 1) / 2 above", 448, 6,
              lambda u: _log2_quotient(u if u < half else (u - 1) / 2)),
    ]


def evaluate(shape, coefficients, offset):
    """The polynomial in integers; every shift cuts towards minus infinity."""
    c0, c1, c2 = coefficients
    slope = c1 + ((c2 * (offset >> (shape.offset - shape.short_offset))) >> shape.short_offset)
    return c0 + ((slope * offset) >> shape.offset)


def _segment(shape, curve, index):
    """(c0, c1, c2) of one segment."""
    def at(x):  # x in [-1/2, 1/2] from the middle
        return curve.value((index + decimal.Decimal("0.5") + x) / (1 << curve.segments)) * (1 << shape.fraction)

    node = decimal.Decimal(3).sqrt() / 4
    low, middle, high = at(-node), at(decimal.Decimal(0)), at(node)
    coefficients = [round(middle), round((high - low) / (2 * node)), round(((high + low) / 2 - middle) / (node * node))]
    half = 1 << (shape.offset - 1)
    offsets = [i * 2 * half // _POINTS - half for i in range(_POINTS)] + [half - 1]
    errors = [at(decimal.Decimal(x) / (2 * half)) - evaluate(shape, coefficients, x) for x in offsets]
    coefficients[0] += round((max(errors) + min(errors)) / 2)
    return tuple(coefficients)


def rows(shape=Shape()):
    """(c0, c1, c2) by address."""
    with decimal.localcontext() as context:
        context.prec = _DIGITS
        table = []
        for curve in curves():
            require(len(table) == curve.first, f"functions: the table of {curve.name} does not start at {curve.first}")
            table += [_segment(shape, curve, index) for index in range(1 << curve.segments)]
    for address, (c0, c1, c2) in enumerate(table):
        largest = 1 << (shape.linear - 1)
        fits = c0 >> shape.constant == 1 and -largest <= c1 < largest and c2 >> shape.quadratic == 0
        require(fits, f"functions: the coefficients at {address} do not fit their widths")
    return table


def _widths(shape):
    return {"FRACTION": str(shape.fraction), "OFFSET": str(shape.offset), "SHORT": str(shape.short_offset),
            "CONSTANT": str(shape.constant), "LINEAR": str(shape.linear), "QUADRATIC": str(shape.quadratic)}


def render_sv(table, shape=Shape()):
    """function_table_pkg.sv."""
    def word(row):
        c0, c1, c2 = row
        return (c0 & ((1 << shape.constant) - 1)) << (shape.linear + shape.quadratic) | (c1 & ((1 << shape.linear) - 1)) << shape.quadratic | c2

    bits = shape.constant + shape.linear + shape.quadratic
    address_bits = (len(table) - 1).bit_length()
    lines = [f"      {address_bits}'d{address}: return {bits}'h{word(row):0{(bits + 3) // 4}x};" for address, row in enumerate(table)]
    return fill("function_table_pkg.sv.in", ADDRESS_MSB=str(address_bits - 1), CASES="\n".join(lines), **_widths(shape))


def render_cpp(table, shape=Shape()):
    """function_table.hpp."""
    lines = [f"    {{{c0}, {c1}, {c2}}}," for c0, c1, c2 in table]
    return fill("function_table.hpp.in", ROWS=str(len(table)), TABLE="\n".join(lines), **_widths(shape))
