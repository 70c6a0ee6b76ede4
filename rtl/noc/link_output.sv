// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// One outgoing link of a router: chooses among the queues of both classes, counts the neighbour's free places and
/// drives the link from registers.
///
/// Latency: 1 cycle from a queue's head to `link_o`. Throughput: 1 packet per cycle.
/// A class without credit does not ask. Within a class the inputs take turns, and when both classes can send, so do they:
/// a queue that can move waits for at most 2 * `Inputs` - 1 packets of others.
module link_output #(
  /// Queue item: {port here, packet}.
  parameter type item_t = logic,
  parameter int unsigned Inputs = 5,
  localparam int unsigned Queues = 2 * Inputs  // class * Inputs + input
) (
  input  logic                 clk_i,
  input  logic                 rst_ni,
  // queues whose head wants this link; `gnt_o` takes one
  input  logic [Queues-1:0]    req_i,
  input  item_t                head_i[Queues],
  output logic [Queues-1:0]    gnt_o,
  // link; space at the far side is guaranteed by credits
  input  logic [1:0]           credit_i,
  output noc_pkg::link_t       link_o
);
  localparam int unsigned CreditW = $clog2(cfg_pkg::NocBufferDepth + 1);

  logic [1:0] can_send, send;
  logic last_class_q;
  item_t item;

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

  onehot_mux #(
    .data_t(item_t),
    .Inputs(Queues)
  ) u_mux (
    .sel_i(gnt_o),
    .data_i(head_i),
    .data_o(item)
  );

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      link_o.valid <= 1'b0;
      last_class_q <= 1'b0;
    end else begin
      link_o.valid <= send != '0;
      if (send != '0) last_class_q <= send[1];
    end
  end

  always_ff @(posedge clk_i) begin
    if (send != '0) link_o.packet <= item.packet;
  end

  logic unused_port;
  assign unused_port = ^item.port;

  `TATAMI_ASSERT(OneClass, send != 2'b11)
endmodule : link_output
