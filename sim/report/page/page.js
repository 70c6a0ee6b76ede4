// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
// The page: heading, a tab per launch, and its sections.

const kNotRecorded = 'Not recorded: the run was made on the golden machine, which has no timing, or its file is older than figures per node.';

function section(name, title, note, content) {
  return html('section', {'data-section': name}, html('h2', {}, title), note ? html('p', {class: 'note'}, note) : null, content);
}

function missing() {
  return html('p', {class: 'note', 'data-missing': ''}, kNotRecorded);
}

function badge(status) {
  return html('span', {class: status === 'pass' ? 'badge' : 'badge fail'}, status.replace('_', ' '));
}

function shapeText(launch) {
  return Object.entries(launch.shape).map(([key, value]) => `${key.replaceAll('_', ' ')} ${value}`).join(', ');
}

function heading(results) {
  const first = results[0];
  return html('header', {class: 'top'},
              html('div', {class: 'line'}, html('h1', {}, `${first.workload} on ${first.mesh.rows} × ${first.mesh.cols} nodes`), badge(first.status)),
              ...results.map((result, i) => html('div', {class: 'run'}, html('span', {class: i ? 'dot b' : 'dot'}),
                  html('div', {}, html('strong', {}, `${results.length > 1 ? ['first', 'second'][i] + ': ' : ''}${result.file} `),
                       html('span', {class: 'unit'}, `${result.configuration.name} nodes, ${result.backend}, ${result.format} → ${result.out_format}, seed ${result.seed}${i ? `, ${result.status}` : ''}`),
                       html('br'), html('code', {}, result.command)))));
}

function tile(label, key, value, write, other, lessIsBetter) {
  const text = value === null ? 'not recorded' : write(value);
  const change = other === undefined ? null : delta(value, other, lessIsBetter);
  return html('div', {class: 'tile', 'data-tile': key}, html('div', {class: 'label'}, label), html('div', {class: 'value'}, text),
              change && change.text ? html('div', {class: `delta ${change.kind}`}, `second run: ${write(other)} (${change.text})`) : null);
}

function tiles(launch, other) {
  const of = (label, key, write, lessIsBetter) => tile(label, key, launch[key], write, other ? other[key] : undefined, lessIsBetter);
  const asleep = launch.nodes ? asleepShare(launch) : null;
  return html('div', {class: 'tiles'},
              of('cycles', 'cycles', grouped, true), of('matrix utilisation', 'matrix_utilisation', (v) => percent(v), false),
              of('instructions', 'instructions', grouped, true), of('packets over links', 'packets', grouped, true),
              of('bytes moved', 'bytes_moved', (v) => `${brief(v)}B`, true),
              tile('time asleep', 'asleep', asleep, (v) => percent(v), other && other.nodes ? asleepShare(other) : undefined, null));
}

function problems(launch) {
  const lines = [...launch.errors, ...launch.threads];
  if (launch.first_mismatch) {
    const m = launch.first_mismatch;
    lines.unshift(`${grouped(m.count)} elements differ; the first is [${m.index.join(', ')}], of node (y ${m.node.y}, x ${m.node.x}): ` +
                  `${m.actual.bits} where the golden model has ${m.expected.bits}`);
  }
  if (!lines.length) return null;
  return section('problems', 'What went wrong', '', html('div', {}, html('ul', {class: 'warn'}, ...lines.map((line) => html('li', {}, line))),
                 launch.cause ? html('pre', {}, launch.cause) : null));
}

function roofs(results, i) {
  const points = [];
  results.forEach((result, r) => {
    const launch = result.launches[i];
    const point = launch ? roofPoint(result, launch) : null;
    if (point) points.push({...point, name: results.length > 1 ? ['first', 'second'][r] : launch.op, second: r === 1});
  });
  if (points.length) return roofline(results[0], points);
  return html('p', {class: 'note', 'data-missing': ''},
              'No point: the launch does no multiply-adds, did not end, or ran on the golden machine, which has no timing.');
}

function communication(launch) {
  const c = launch.communication;
  if (!c) return null;
  const text = c.share_of_bound === null
      ? `${grouped(c.nodes)} nodes take part; no schedule needs less than ${grouped(c.least_cycles)} cycles. ${kNotRecorded}`
      : `${grouped(c.nodes)} nodes take part. ${grouped(launch.cycles)} cycles, and no schedule needs less than ` +
        `${grouped(c.least_cycles)}: ${percent(c.share_of_bound)} of the bound. Each node sends ` +
        `${c.bytes_per_node_and_cycle.toFixed(1)} of ${kPortBytes} bytes per cycle.`;
  return section('communication', 'Communication', '', html('p', {}, text));
}

function launchPart(results, i, number) {
  const launch = results[0].launches[i];
  const other = results.length > 1 ? results[1].launches[i] : undefined;
  return html('div', {class: 'launch', 'data-launch': i, ...(number ? {hidden: ''} : {})},
              tiles(launch, other), problems(launch),
              other ? section('comparison', 'Comparison', 'The second run against the first.', comparison(results, launch, other)) : null,
              section('maps', 'The mesh', 'Rows grow south, columns east; broken lines are dead nodes. Point at a node or link for its numbers.',
                      launch.nodes ? heatMaps(results[0], launch) : missing()),
              section('stalls', 'Cycles by cause', 'Of every thread, over all nodes: a thread that runs issues, or has a reason why not.',
                      launch.nodes ? stalls(launch) : missing()),
              section('roofline', 'Roofline', 'Per node, over the work cycles. Under the slope a launch is bound by what transfers bring, right of it by the matrix unit.',
                      roofs(results, i)),
              communication(launch));
}

function facts(result) {
  const list = (object) => html('dl', {}, ...Object.entries(object).flatMap(([key, value]) =>
      [html('dt', {}, key.replaceAll('_', ' ')), html('dd', {}, String(value))]));
  return html('div', {class: 'columns'},
              html('div', {}, html('h3', {}, 'Node'), list(result.configuration)),
              html('div', {}, html('h3', {}, 'Run'), list({cycles: result.cycles === null ? 'not recorded' : grouped(result.cycles), 'multiply-adds': grouped(result.macs),
                   'wall time in s': result.seconds.toFixed(2), 'cycles per second': result.cycles_per_second === null ? 'not recorded' : grouped(result.cycles_per_second),
                   waveform: result.waveform ?? 'none'})),
              html('div', {}, html('h3', {}, 'Tools'), list(result.tools)));
}

function tabs(results, parts) {
  const launches = results[0].launches;
  const buttons = launches.map((launch, i) => html('button', {role: 'tab', 'aria-selected': i === 0}, `${launch.op} (${shapeText(launch)})`));
  buttons.forEach((button, i) => button.addEventListener('click', () => {
    buttons.forEach((b, j) => b.setAttribute('aria-selected', i === j));
    parts.forEach((part, j) => { part.hidden = i !== j; });
  }));
  return html('div', {class: 'tabs', role: 'tablist'}, ...buttons);
}

function draw() {
  const results = JSON.parse(document.getElementById('results').textContent);
  const parts = results[0].launches.map((_, i) => launchPart(results, i, i));
  document.title = `${results[0].workload}: Tatami report`;
  document.getElementById('page').append(heading(results), tabs(results, parts), ...parts,
      ...results.map((result, i) => section(`facts-${i}`, results.length > 1 ? `Facts of the ${['first', 'second'][i]} run` : 'Facts', '', facts(result))));
  showTips();
}

draw();
