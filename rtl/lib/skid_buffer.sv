// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Two places that keep the handshakes of both sides apart: `ready_o`, `valid_o` and `data_o` are registers.
///
/// Latency: 1 cycle. Throughput: 1 item per cycle. Handshake: valid/ready on both sides. What comes while the first place is
/// held back goes to the spare one. `data_o` keeps its last item while `valid_o` is low.
module skid_buffer #(
  parameter type data_t = logic [7:0]
) (
  input  logic  clk_i,
  input  logic  rst_ni,
  // write side
  input  logic  valid_i,
  output logic  ready_o,
  input  data_t data_i,
  // read side
  output logic  valid_o,
  input  logic  ready_i,
  output data_t data_o
);
  logic spare_valid_q, push, load;
  data_t spare_q;

  assign ready_o = !spare_valid_q;
  assign push = valid_i && ready_o;
  assign load = !valid_o || ready_i;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      valid_o <= 1'b0;
      spare_valid_q <= 1'b0;
    end else begin
      if (load) valid_o <= spare_valid_q || push;
      if (load) spare_valid_q <= 1'b0;
      else if (push) spare_valid_q <= 1'b1;
    end
  end

  always_ff @(posedge clk_i) begin
    if (load && (spare_valid_q || push)) data_o <= spare_valid_q ? spare_q : data_i;
    if (push && !load) spare_q <= data_i;
  end

  `TATAMI_ASSERT(SpareBehind, valid_o || !spare_valid_q)
endmodule : skid_buffer
