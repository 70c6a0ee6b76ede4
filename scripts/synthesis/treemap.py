# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Area by block as an SVG: one map per top, in which every block is a rectangle of the size of its share."""

from xml.sax.saxutils import escape

WIDTH, HEIGHT, TITLE, GAP = 460, 260, 22, 24
COLUMNS = 2
COLOURS = ["#4e79a7", "#f28e2b", "#59a14f", "#b07aa1", "#76b7b2", "#edc948", "#9c755f", "#e15759"]
REST = "#bab0ac"
CHARACTER = 6.2  # width of a letter


def _rows(parts, x, y, width, height):
    """Rectangles of the parts, largest first, in rows along the shorter side that are as square as can be."""
    parts, total = list(parts), sum(part["um2"] for part in parts)
    while parts:
        scale = width * height / total
        along = min(width, height)
        row, best = [], float("inf")
        while parts:
            trial = row + [parts[0]]
            size = sum(part["um2"] for part in trial) * scale
            worst = max(max(along**2 * part["um2"] * scale / size**2, size**2 / (along**2 * part["um2"] * scale)) for part in trial)
            if worst > best:
                break
            row, best = trial, worst
            parts.pop(0)
        share = sum(part["um2"] for part in row)
        depth, at = share * scale / along, 0.0
        for part in row:
            length = along * part["um2"] / share
            yield part, *((x, y + at, depth, length) if width >= height else (x + at, y, length, depth))
            at += length
        if width >= height:
            x, width = x + depth, width - depth
        else:
            y, height = y + depth, height - depth
        total -= share


def _label(part, share, width):
    name = part["name"] + (f" x{part['instances']}" if part.get("instances", 1) > 1 else "")
    for text in (f"{name} {100 * share:.0f} %", name, f"{100 * share:.0f} %"):
        if len(text) * CHARACTER < width - 6:
            return text
    return ""


def _map(parts, total, box, colour, depth):
    for index, (part, x, y, width, height) in enumerate(_rows([part for part in parts if part["um2"] > 0], *box)):
        fill = REST if part["name"] == "rest" else colour or COLOURS[index % len(COLOURS)]
        share = part["um2"] / total
        title = f"<title>{escape(part['name'])}: {part['um2']:.0f} um2, {100 * share:.1f} %</title>"
        yield f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}" fill-opacity="{1 if depth == 0 else 0.55}" stroke="#fff">{title}</rect>'
        label = _label(part, share, width) if height > 14 else ""
        if label:
            yield f'<text x="{x + 4:.1f}" y="{y + 12:.1f}">{escape(label)}</text>'
        if depth == 0 and part.get("parts") and width > 60 and height > 50:
            yield from _map(part["parts"], total, (x + 3, y + 16, width - 6, height - 19), "#ffffff", 1)


def picture(rows):
    """An SVG with a map for each row that has parts; other tops are left out."""
    rows = [row for row in rows if row["blocks"].get("parts")]
    lines, down = [], 0
    for index, row in enumerate(rows):
        x, y = index % COLUMNS * (WIDTH + GAP), index // COLUMNS * (HEIGHT + TITLE + GAP)
        total = row["blocks"]["um2"]
        lines.append(f'<text x="{x}" y="{y + 14}" font-weight="bold">{escape(row["top"])}: {row["kilo_gates"]:.0f} kGE, {total / 1e6:.2f} mm2 ({row["technology"]})</text>')
        lines += _map(row["blocks"]["parts"], total, (x, y + TITLE, WIDTH, HEIGHT), "", 0)
        down = y + TITLE + HEIGHT
    across = COLUMNS * WIDTH + (COLUMNS - 1) * GAP
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 -8 {across + 16} {down + 16}" font-family="sans-serif" font-size="11">\n'
            f'<rect x="-8" y="-8" width="{across + 16}" height="{down + 16}" fill="#fff"/>\n' + "\n".join(lines) + "\n</svg>\n")
