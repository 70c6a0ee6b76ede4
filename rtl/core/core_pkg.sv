// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Types shared by the core's parts and seen at its edge.
package core_pkg;
  typedef enum logic [2:0] {
    ThreadParked   = 3'd0,
    ThreadRunning  = 3'd1,
    ThreadWaitSem  = 3'd2,
    ThreadWaitXfer = 3'd3,
    ThreadFaulted  = 3'd4,
    ThreadWaitBarrier = 3'd5
  } thread_state_e;

  /// What a thread is doing, for debuggers and the watchdog.
  typedef struct packed {
    thread_state_e state;
    logic [4:0] cause;   // faulted: mcause
    logic [63:0] pc;
    logic [63:0] value;  // parked: exit value; waiting: {count, 10'b0, semaphore}, or a barrier's set; faulted: mtval
  } thread_status_t;

  /// A list of transfer descriptors to run.
  typedef struct packed {
    logic [1:0] thread;
    logic [sram_pkg::ByteAddrW-1:0] addr;  // of the first descriptor, 8-byte aligned
    logic [15:0] count;
  } xfer_t;
endpackage
