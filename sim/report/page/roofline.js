// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
// Multiply-adds per node and cycle against multiply-adds per byte that transfers moved, both logarithmic, under the two
// roofs: the matrix unit, and the port by which a node gets its data.

const kRoof = {width: 1140, height: 330, left: 58, right: 150, top: 18, bottom: 44};

/** points: {name, class, macs, intensity}; an intensity of Infinity is drawn at the right edge. */
function roofline(result, points) {
  const top = peak(result), ridge = top / kPortBytes;
  const known = points.map((p) => p.intensity).filter(Number.isFinite);
  const power = (value) => Math.floor(Math.log10(value));
  const x0 = power(Math.min(ridge / 8, ...known)), x1 = power(Math.max(ridge * 8, ...known)) + 1;
  const y0 = power(Math.min(top / 50, ...points.map((p) => p.macs))), y1 = power(top) + 1;
  const {width, height, left, right, top: upper, bottom} = kRoof;
  const px = (v) => left + (width - left - right) * (Math.log10(v) - x0) / (x1 - x0);
  const py = (v) => height - bottom - (height - upper - bottom) * (Math.log10(v) - y0) / (y1 - y0);
  const picture = svg('svg', {viewBox: `0 0 ${width} ${height}`, 'data-map': 'roofline'});
  for (let e = x0; e <= x1; e++) {
    picture.append(svg('path', {class: 'grid', d: `M${px(10 ** e)} ${upper}V${height - bottom}`}),
                   svg('text', {x: px(10 ** e), y: height - bottom + 16, 'text-anchor': 'middle'}, brief(10 ** e)));
  }
  for (let e = y0; e <= y1; e++) {
    picture.append(svg('path', {class: 'grid', d: `M${left} ${py(10 ** e)}H${width - right}`}),
                   svg('text', {x: left - 8, y: py(10 ** e) + 4, 'text-anchor': 'end'}, brief(10 ** e)));
  }
  const start = Math.max(10 ** x0, 10 ** y0 / kPortBytes);
  picture.append(
      svg('path', {class: 'roof', d: `M${px(start)} ${py(start * kPortBytes)}L${px(ridge)} ${py(top)}H${width - right}`}),
      svg('text', {class: 'strong', x: width - right + 8, y: py(top) + 4}, `matrix unit: ${grouped(top)}`),
      svg('text', {class: 'strong', x: (px(start) + px(ridge)) / 2 + 12, y: (py(top) + py(start * kPortBytes)) / 2 + 12},
          `mesh port: ${kPortBytes} B per cycle`),
      svg('text', {x: (left + width - right) / 2, y: height - 8, 'text-anchor': 'middle'}, 'multiply-adds per byte moved by transfers'),
      svg('text', {transform: `translate(13,${(upper + height - bottom) / 2}) rotate(-90)`, 'text-anchor': 'middle'},
          'multiply-adds per node and cycle'));
  for (const point of points) {
    const beyond = !Number.isFinite(point.intensity);
    const cx = beyond ? width - right : px(point.intensity), cy = py(point.macs);
    const roof = Math.min(top, beyond ? top : point.intensity * kPortBytes);
    picture.append(
        svg('circle', {cx, cy, r: 7, style: `fill: var(${point.second ? '--other' : '--accent'})`, 'data-macs': point.macs,
                       'data-intensity': point.intensity,
                       'data-tip': `${point.name}\n${point.macs.toFixed(1)} multiply-adds per node and cycle, ` +
                           `${percent(point.macs / roof)} of its roof\n` +
                           (beyond ? 'transfers moved nothing' : `${point.intensity.toFixed(2)} multiply-adds per byte`)}),
        svg('text', {class: 'strong', x: cx + 12, y: cy + (points.length === 1 ? 4 : point.second ? 16 : -6)}, `${point.name}: ${percent(point.macs / roof)}`));
  }
  return picture;
}
