// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
// Where the cycles of the threads went.

const kNodesShown = 16;  // as bars of their own

function stallLegend() {
  return html('div', {class: 'legend'}, ...[...kCauses, 'parked'].map((cause) => html(
      'span', {'data-tip': kCauseText[cause]}, html('i', {style: `background: var(--${cause})`}), cause === 'parked' ? 'parked or asleep' : cause)));
}

/** One bar: what a thread's cycles were spent on. */
function stallBar(cycles) {
  const all = sum(Object.values(cycles)) || 1;
  return html('div', {class: 'bar'}, ...Object.entries(cycles).filter(([, count]) => count > 0).map(([cause, count]) => html('i', {
    style: `background: var(--${cause}); flex: ${count} 0 0`, 'data-cause': cause, 'data-cycles': count,
    'data-tip': `${cause}: ${kCauseText[cause]}\n${grouped(count)} cycles, ${percent(count / all)}`,
  })));
}

/** Bars of all threads for each launch given: {name, launch}. */
function stallBars(entries, node = null) {
  const bars = [];
  const threads = entries[0].launch.nodes.threads.length;
  for (let t = 0; t < threads; t++) {
    for (const {name, launch} of entries) {
      bars.push(html('div', {class: 'name'}, `thread ${t}${name ? ` · ${name}` : ''}`), stallBar(causes(launch, t, node)));
    }
  }
  return bars;
}

function stallTable(launch) {
  const rows = launch.nodes.threads.map((_, t) => causes(launch, t));
  return html('table', {'data-table': 'stalls'},
              html('thead', {}, html('tr', {}, html('th', {}, 'thread'), ...[...kCauses, 'parked'].map((c) => html('th', {}, c)))),
              html('tbody', {}, ...rows.map((cycles, t) => html('tr', {}, html('td', {}, String(t)),
                   ...[...kCauses, 'parked'].map((c) => html('td', {}, grouped(cycles[c])))))));
}

function stalls(launch) {
  const nodes = launch.nodes;
  const live = [];
  nodes.cycles_awake.forEach((row, y) => row.forEach((value, x) => value === null || live.push({y, x})));
  const single = [];
  if (live.length > 1 && live.length <= kNodesShown) {
    for (const node of live) {
      single.push(html('div', {class: 'group'}, `node y ${node.y}, x ${node.x}`), ...stallBars([{name: '', launch}], node));
    }
  }
  return html('div', {}, stallLegend(), html('div', {class: 'bars', 'data-bars': 'all'}, ...stallBars([{name: '', launch}])),
              single.length ? html('details', {}, html('summary', {}, 'node by node'), html('div', {class: 'bars'}, ...single)) : null,
              html('details', {}, html('summary', {}, 'cycles as numbers'), html('div', {class: 'scroll'}, stallTable(launch))));
}
