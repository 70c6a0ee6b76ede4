// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
// The mesh, coloured by a figure of its nodes or of its links.

const kMapWidth = 250, kMostCell = 64, kLabelCell = 28;  // pixels; from this size of a cell on it holds its value

/** The side of a cell, and an empty picture for so many of them with their numbers at the edges. */
function emptyMap(key, rows, cols) {
  const wide = cols > 12;
  const cell = Math.min(kMostCell, (wide ? 1.6 : 1) * kMapWidth / cols);
  const picture = svg('svg', {viewBox: `-18 -16 ${cols * cell + 22} ${rows * cell + 20}`, 'data-map': key,
                              style: `max-width: ${cols * cell + 22}px`});
  const shown = (i, count) => count <= 10 || i % 5 === 0;
  for (let x = 0; x < cols; x++) {
    if (shown(x, cols)) picture.append(svg('text', {x: (x + 0.5) * cell, y: -5, 'text-anchor': 'middle'}, String(x)));
  }
  for (let y = 0; y < rows; y++) {
    if (shown(y, rows)) picture.append(svg('text', {x: -6, y: (y + 0.5) * cell + 4, 'text-anchor': 'end'}, String(y)));
  }
  return {cell, picture};
}

/**
 * What a map shows: title, caption, a matrix, the value of the full colour, how a value is written in a tooltip and in
 * a cell.
 */
function nodeFigures(result, launch) {
  const nodes = launch.nodes, cycles = Math.max(launch.cycles, 1);
  const held = added(Object.values(nodes.sram_held_cycles));
  const perCycle = (matrix) => mapped(matrix, (value) => value / cycles);
  const shareText = (value) => percent(value, value >= 0.9995 || value === 0 ? 0 : 1);
  return [
    {
      key: 'utilisation', title: 'Matrix unit busy', caption: 'steps per cycle of the launch, padding included',
      matrix: perCycle(nodes.matrix_steps), most: 1, text: shareText,
      tip: (y, x) => `${grouped(nodes.matrix_steps[y][x])} steps`,
    },
    {
      key: 'issue', title: 'Instructions per cycle', caption: 'retired, all threads of the node',
      matrix: perCycle(nodes.instructions), most: null, text: (value) => value.toFixed(2),
      tip: (y, x) => `${grouped(nodes.instructions[y][x])} instructions`,
    },
    {
      key: 'conflicts', title: 'SRAM conflicts',
      caption: 'requests that a port holds back, per 100 cycles',
      matrix: mapped(held, (value) => 100 * value / cycles), most: null, text: (value) => value.toFixed(1),
      tip: (y, x) => Object.entries(nodes.sram_held_cycles)
          .map(([port, matrix]) => `${port.replace('_', ' ')}: ${grouped(matrix[y][x])}`).join('\n'),
    },
    {
      key: 'asleep', title: 'Time asleep', caption: 'cycles in which neither clock of the node ran',
      matrix: mapped(nodes.cycles_awake, (value) => 1 - value / cycles), most: 1, text: shareText,
      tip: (y, x) => `awake ${grouped(nodes.cycles_awake[y][x])} of ${grouped(launch.cycles)} cycles\n` +
          `core awake ${grouped(nodes.core_cycles[y][x])}`,
    },
  ];
}

/** Colours a matrix; `other` is that of a second run, and then the map shows by how much it is more. */
function nodeMap(figure, other = null) {
  const matrix = other ? figure.matrix.map((row, y) => row.map((value, x) => value === null ? null : other[y][x] - value))
                       : figure.matrix;
  const present = flat(matrix).filter((value) => value !== null);
  const largest = Math.max(...present.map(Math.abs), 0);
  const most = (other ? null : figure.most) ?? (largest || 1);
  const rows = matrix.length, cols = matrix[0].length;
  const {cell, picture} = emptyMap(figure.key, rows, cols);
  const write = (value) => {
    const text = figure.text(Math.abs(value));
    if (!other || /^[0. %]*$/.test(text)) return text;
    return (value < 0 ? '−' : '+') + text;
  };
  matrix.forEach((row, y) => row.forEach((value, x) => {
    const box = {x: x * cell, y: y * cell, width: cell, height: cell, rx: cell / 8};
    if (value === null) return picture.append(svg('rect', {...box, class: 'dead'}));
    const share = value / most;
    picture.append(svg('rect', {
      ...box, class: 'cell', style: `fill: ${other ? difference(share) : shade(share)}`, 'data-value': value,
      'data-tip': `node y ${y}, x ${x}\n${figure.title}: ${write(value)}` + (other ? '' : `\n${figure.tip(y, x)}`),
    }));
    if (cell >= kLabelCell) {
      const dark = Math.abs(share) > 0.45;
      picture.append(svg('text', {class: 'inside', x: (x + 0.5) * cell, y: (y + 0.5) * cell,
                                  style: `fill: ${dark ? 'var(--card)' : 'var(--ink)'}`},
                         write(value).replace(' %', cell < 48 ? '' : '%')));
    }
  }));
  const bar = other ? scaleBar(`−${figure.text(most)}`, `+${figure.text(most)}`, [-1, 0, 1].map(difference))
                    : scaleBar(figure.text(0), figure.text(most), [0, 0.25, 0.5, 0.75, 1].map(shade));
  return html('figure', {}, html('h3', {}, figure.title),
              html('figcaption', {}, other ? 'second run minus first' : figure.caption), picture, bar);
}

/** Packets per link and cycle; a link is drawn as two lanes, each on the right of its direction of travel. */
function linkMap(launch) {
  const nodes = launch.nodes, cycles = Math.max(launch.cycles, 1);
  const bySide = Object.fromEntries(kSides.map((side) => [side, sent(nodes, side)]));
  const largest = Math.max(...kSides.flatMap((side) => flat(bySide[side])).map((value) => value ?? 0));
  const most = largest / cycles || 1;
  const {cell, picture} = emptyMap('links', nodes.rows, nodes.cols);
  const box = cell * 0.5, gap = cell - box, lane = cell * 0.2, half = cell / 40;
  bySide.north.forEach((row, y) => row.forEach((alive, x) => {
    const left = x * cell + gap / 2, top = y * cell + gap / 2;
    const square = {x: left, y: top, width: box, height: box, rx: cell / 10};
    if (alive === null) return picture.append(svg('rect', {...square, class: 'dead'}));
    picture.append(svg('rect', {...square, class: 'node'}));
    const lanes = {
      north: {x: left + box / 2 + half, y: top - gap, width: lane, height: gap},
      south: {x: left + box / 2 - half - lane, y: top + box, width: lane, height: gap},
      east: {x: left + box, y: top + box / 2 + half, width: gap, height: lane},
      west: {x: left - gap, y: top + box / 2 - half - lane, width: gap, height: lane},
    };
    for (const side of kSides) {
      const count = bySide[side][y][x];
      const edge = {north: y === 0, south: y === nodes.rows - 1, east: x === nodes.cols - 1, west: x === 0}[side];
      if (edge && count === 0) continue;
      const place = {...lanes[side]};
      if (edge && side === 'west') Object.assign(place, {x: left - gap / 2, width: gap / 2});
      if (edge && side === 'north') Object.assign(place, {y: top - gap / 2, height: gap / 2});
      picture.append(svg('rect', {
        ...place, rx: cell / 20, style: `fill: ${shade(count / cycles / most)}`, 'data-value': count,
        'data-tip': `from node y ${y}, x ${x} to the ${side}${edge ? ' (over the edge)' : ''}\n${grouped(count)} packets: ` +
            `${grouped(nodes.packets.requests[side][y][x])} requests, ${grouped(nodes.packets.responses[side][y][x])} responses\n` +
            `${(count / cycles).toFixed(3)} per cycle`,
      }));
    }
  }));
  return html('figure', {}, html('h3', {}, 'Packets per link'),
              html('figcaption', {}, 'per cycle and direction, of at most one'), picture,
              scaleBar('0', most.toFixed(3), [0, 0.25, 0.5, 0.75, 1].map(shade)));
}

function heatMaps(result, launch) {
  return html('div', {class: launch.nodes.cols > 12 ? 'maps wide' : 'maps'}, ...nodeFigures(result, launch).map((figure) => nodeMap(figure)), linkMap(launch));
}
