# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Area of routers against the share of the bisection bound that a mesh of them carries: a table and an SVG, with published routers.

Ours come from synth/traffic.json (`make traffic`) and the baselines; the others from synth/published_routers.json.
"""

import dataclasses
import json
import math
import pathlib
from xml.sax.saxutils import escape

TRAFFIC = pathlib.Path("synth/traffic.json")
PUBLISHED = pathlib.Path("synth/published_routers.json")

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 660, 340, 60, 16, 44
KGE, SHARE = (40, 1200), (0.5, 1.0)  # what the axes show; areas by their logarithm
KGE_TICKS, SHARE_TICKS = (50, 100, 200, 400, 800), (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
OURS, OTHERS = "#4e79a7", "#e15759"


@dataclasses.dataclass
class Router:
    """One point."""

    name: str
    kilo_gates: float
    path_ns: float
    of_bound: float
    doc: str
    ours: bool


def routers(rows):
    """Ours by area, as far as they have a baseline, then the published ones; the rows are those of one technology."""
    traffic = json.loads(TRAFFIC.read_text(encoding="utf-8")) if TRAFFIC.is_file() else {}
    ours = [Router(row["top"], row["kilo_gates"], row["path_ns"], traffic[row["top"]]["of_bound"], f"two classes with queues of {traffic[row['top']]['depth']}", True)
            for row in rows if row["top"] in traffic]
    others = [Router(**entry, ours=False) for entry in json.loads(PUBLISHED.read_text(encoding="utf-8"))]
    return sorted(ours, key=lambda router: router.kilo_gates) + others


def table(rows):
    lines = ["| router | | kGE | critical path ns | of the bound |", "|---|---|---|---|---|"]
    lines += [f"| {router.name} | {router.doc} | {router.kilo_gates:.1f} | {router.path_ns:.2f} | {router.of_bound:.1%} |" for router in routers(rows)]
    return "\n".join(lines) + "\n"


def _x(kilo_gates):
    low, high = map(math.log, KGE)
    return LEFT + (math.log(kilo_gates) - low) / (high - low) * (WIDTH - LEFT - 16)


def _y(share):
    return HEIGHT - BOTTOM - (share - SHARE[0]) / (SHARE[1] - SHARE[0]) * (HEIGHT - TOP - BOTTOM)


def _axes(technology):
    for tick in KGE_TICKS:
        yield f'<line x1="{_x(tick):.1f}" y1="{_y(SHARE[0])}" x2="{_x(tick):.1f}" y2="{_y(SHARE[1])}" stroke="#ddd"/>'
        yield f'<text x="{_x(tick):.1f}" y="{_y(SHARE[0]) + 16}" text-anchor="middle">{tick}</text>'
    for tick in SHARE_TICKS:
        yield f'<line x1="{LEFT}" y1="{_y(tick):.1f}" x2="{WIDTH - 16}" y2="{_y(tick):.1f}" stroke="#ddd"/>'
        yield f'<text x="{LEFT - 6}" y="{_y(tick) + 4:.1f}" text-anchor="end">{tick:.0%}</text>'
    yield f'<text x="{(LEFT + WIDTH) / 2}" y="{HEIGHT - 8}" text-anchor="middle">area in kGE ({technology})</text>'
    yield f'<text transform="translate(14 {HEIGHT / 2}) rotate(-90)" text-anchor="middle">of the bound, 8x8, uniform, full load</text>'


def picture(rows, technology):
    """The SVG; labels stand left of ours and right of the others, whose areas are small."""
    found = routers(rows)
    lines = list(_axes(technology))
    ours = " ".join(f"{_x(router.kilo_gates):.1f},{_y(router.of_bound):.1f}" for router in found if router.ours)
    lines.append(f'<polyline points="{ours}" fill="none" stroke="{OURS}" stroke-dasharray="4 3"/>')
    for router in found:
        x, y, colour = _x(router.kilo_gates), _y(router.of_bound), OURS if router.ours else OTHERS
        anchor, shift = ("end", -9) if router.ours else ("start", 9)
        lines.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{colour}"/>')
        lines.append(f'<text x="{x + shift:.1f}" y="{y + 4:.1f}" text-anchor="{anchor}">{escape(router.name)}, {router.path_ns:.2f} ns</text>')
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="11">\n'
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n' + "\n".join(lines) + "\n</svg>\n")
