// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
// Two runs side by side.

/** By how much the second value is more than the first, as text and as a class of the page. */
function delta(first, second, lessIsBetter) {
  if (first === null || second === null) return {text: '', kind: ''};
  if (first === second) return {text: 'equal', kind: ''};
  const text = first === 0 ? 'from 0' : `${second > first ? '+' : '−'}${percent(Math.abs(second / first - 1), 2)}`;
  if (lessIsBetter === null) return {text, kind: ''};
  return {text, kind: (second < first) === lessIsBetter ? 'better' : 'worse'};
}

function comparisonTable(first, second) {
  const others = summary(second);
  const cell = (value, write) => value === null || value === undefined ? 'not recorded' : write(value);
  const rows = summary(first).map(([name, value, write, lessIsBetter], i) => {
    const other = others[i][1];
    const change = delta(value ?? null, other ?? null, lessIsBetter);
    return html('tr', {'data-row': name}, html('td', {}, name), html('td', {}, cell(value, write)), html('td', {}, cell(other, write)),
                html('td', {class: change.kind}, change.text));
  });
  return html('table', {'data-table': 'comparison'},
              html('thead', {}, html('tr', {}, html('th', {}, ''), html('th', {}, 'first'), html('th', {}, 'second'), html('th', {}, 'change'))),
              html('tbody', {}, ...rows));
}

function sameMesh(first, second) {
  return first.nodes && second.nodes && first.nodes.rows === second.nodes.rows && first.nodes.cols === second.nodes.cols;
}

function comparison(results, first, second) {
  const parts = [html('div', {class: 'scroll'}, comparisonTable(first, second))];
  if (first.nodes && second.nodes && first.nodes.threads.length === second.nodes.threads.length) {
    parts.push(html('h3', {style: 'margin: 18px 0 10px'}, 'Cycles by cause'), stallLegend(),
               html('div', {class: 'bars', 'data-bars': 'both'},
                    ...stallBars([{name: 'first', launch: first}, {name: 'second', launch: second}])));
  }
  if (sameMesh(first, second)) {
    const others = nodeFigures(results[1], second);
    parts.push(html('h3', {style: 'margin: 18px 0 10px'}, 'What changed where'),
               html('div', {class: first.nodes.cols > 12 ? 'maps wide' : 'maps', 'data-maps': 'change'},
                    ...nodeFigures(results[0], first).map((figure, i) => nodeMap(figure, others[i].matrix))));
  } else {
    parts.push(html('p', {class: 'note'}, 'Maps of the change need figures per node of two meshes of one size.'));
  }
  return html('div', {}, ...parts);
}
