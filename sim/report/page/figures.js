// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
// What the results say: sums and shares of a launch and of its nodes. null: not recorded.

const kCauses = ['issue', 'fetch', 'control', 'register', 'order', 'queue', 'pipe', 'wait'];
const kCauseText = {
  issue: 'issues an instruction', fetch: 'has no instruction', control: 'redirect or trap',
  register: 'waits for a scalar register', order: 'waits for its earlier accesses or a unit',
  queue: 'its vector queue is full', pipe: 'another thread has the pipe',
  wait: 'waits for a semaphore, a barrier or the transfer queue', parked: 'parked, or its core sleeps',
};
const kSides = ['north', 'east', 'south', 'west'];
const kPortBytes = 64;  // what the mesh brings a node per cycle

function sum(values) {
  return values.reduce((total, value) => total + (value ?? 0), 0);
}

function flat(matrix) {
  return matrix.flat();
}

/** The matrices added element by element; a node that is dead in one is dead in all. */
function added(matrices) {
  return matrices[0].map((row, y) => row.map((value, x) => value === null ? null : sum(matrices.map((m) => m[y][x]))));
}

function mapped(matrix, f) {
  return matrix.map((row) => row.map((value) => value === null ? null : f(value)));
}

/** Multiply-adds that a node can do per cycle. */
function peak(result) {
  const c = result.configuration;
  return c.matrix_rows * c.matrix_cols * c.matrix_depth;
}

/** Cycles of a thread by cause, over all nodes or on one; `parked` is the rest, with those in which its core sleeps. */
function causes(launch, thread, node = null) {
  const nodes = launch.nodes;
  const figure = (matrix) => node ? matrix[node.y][node.x] : sum(flat(matrix));
  const cycles = Object.fromEntries(kCauses.map((cause) => [cause, figure(nodes.threads[thread][cause])]));
  const live = node ? 1 : flat(nodes.cycles_awake).filter((value) => value !== null).length;
  cycles.parked = Math.max(0, live * launch.cycles - sum(Object.values(cycles)));
  return cycles;
}

/** Packets that a node sent over one of its links, of both classes. */
function sent(nodes, side) {
  return added([nodes.packets.requests[side], nodes.packets.responses[side]]);
}

/** Where a launch stands in the roofline: per node and cycle; null when it does no multiply-adds or has no timing. */
function roofPoint(result, launch) {
  if (!launch.macs || !launch.work_cycles) return null;
  const nodes = result.mesh.rows * result.mesh.cols;
  return {
    macs: launch.macs / (nodes * launch.work_cycles),
    intensity: launch.bytes_moved ? launch.macs / launch.bytes_moved : Infinity,
  };
}

/** Figures of a launch that two runs are compared by: name, value, how it is written, whether less is better. */
function summary(launch) {
  const whole = grouped;
  const share = (value) => percent(value, 2);
  const held = launch.nodes ? sum(flat(added(Object.values(launch.nodes.sram_held_cycles)))) : null;
  const asleep = launch.nodes ? asleepShare(launch) : null;
  return [
    ['cycles', launch.cycles, whole, true],
    ['work cycles', launch.work_cycles, whole, true],
    ['matrix utilisation', launch.matrix_utilisation, share, false],
    ['instructions', launch.instructions, whole, true],
    ['matrix steps', launch.matrix_steps, whole, null],
    ['SIMD instructions', launch.simd_instructions, whole, null],
    ['packets over links', launch.packets, whole, true],
    ['bytes moved', launch.bytes_moved, whole, true],
    ['transfers', launch.transfers, whole, null],
    ['SRAM port-cycles held back', held, whole, true],
    ['time asleep', asleep, share, null],
    ['wall time in s', launch.seconds, (value) => value.toFixed(2), null],
  ];
}

function asleepShare(launch) {
  const awake = flat(launch.nodes.cycles_awake).filter((value) => value !== null);
  return launch.cycles ? 1 - sum(awake) / (awake.length * launch.cycles) : 0;
}
