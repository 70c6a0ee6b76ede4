// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What the proofs of the core leave free, in every cycle.
package core_inputs_pkg;
  typedef struct packed {
    noc_pkg::node_id_t id;
    logic [63:0] now;
    logic fetch_req_ready;
    logic fetch_rsp_valid;
    logic [7:0][31:0] fetch_rsp;
    logic [pipe_pkg::MemoryPipes-1:0] load_req_ready;
    logic load_rsp_valid;
    logic [127:0] load_rsp;
    logic store_ready;
    logic store_done;
    logic [63:0] start_pc;
    logic sem_wait_grant;
    logic [15:0] sem_read_value;
    logic xfer_ready;
  } core_inputs_t;

  /// Channels by which the scalar instructions of a single thread retire: system pipe, ALU, memory pipe, answered loads.
  /// It never uses the second memory pipe.
  localparam int unsigned Channels = 4;
endpackage : core_inputs_pkg
