// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Chooses the next packet of one outgoing link among the queues of both classes and counts the neighbour's free
/// places.
///
/// Latency: combinational from a request to `gnt_o`; a credit counts from the cycle after it came. One grant per
/// cycle. A class without credit does not ask. Within a class the inputs take turns, and when both classes can send,
/// so do they: a queue that can move waits for at most 2 * `Inputs` - 1 packets of others.
module link_arbiter #(
  parameter int unsigned Inputs = 5,
  localparam int unsigned Queues = 2 * Inputs  // class * Inputs + input
) (
  input  logic              clk_i,
  input  logic              rst_ni,
  // queues whose head wants this link; the grant is used at once
  input  logic [Queues-1:0] req_i,
  output logic [Queues-1:0] gnt_o,
  // a place became free at the far side, per class
  input  logic [1:0]        credit_i
);
  localparam int unsigned CreditW = $clog2(cfg_pkg::NocBufferDepth + 1);

  logic [1:0] can_send, send;
  logic last_class_q;

  for (genvar c = 0; c < 2; c++) begin : gen_class
    logic [CreditW-1:0] credits_q;
    logic [Inputs-1:0] req, gnt;

    assign req = (credits_q != '0) ? req_i[c*Inputs+:Inputs] : '0;
    assign can_send[c] = req != '0;
    assign gnt_o[c*Inputs+:Inputs] = send[c] ? gnt : '0;

    rr_arbiter #(
      .Inputs(Inputs)
    ) u_arbiter (
      .clk_i,
      .rst_ni,
      .req_i(req),
      .gnt_o(gnt),
      .advance_i(send[c])
    );

    always_ff @(posedge clk_i) begin
      if (!rst_ni) credits_q <= CreditW'(cfg_pkg::NocBufferDepth);
      else if (send[c] != credit_i[c]) credits_q <= send[c] ? credits_q - 1'b1 : credits_q + 1'b1;
    end

    `TATAMI_ASSERT(CreditBound, !credit_i[c] || credits_q != CreditW'(cfg_pkg::NocBufferDepth))
    `TATAMI_ASSERT(SendWithCredit, !send[c] || credits_q != '0)
  end

  assign send[0] = can_send[0] && !(can_send[1] && !last_class_q);
  assign send[1] = can_send[1] && !(can_send[0] && last_class_q);

  always_ff @(posedge clk_i) begin
    if (!rst_ni) last_class_q <= 1'b0;
    else if (send != '0) last_class_q <= send[1];
  end

  `TATAMI_ASSERT(OneClass, send != 2'b11)
endmodule : link_arbiter
