// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The wide half of the router: packet storage of every queue, the switch, and the output registers.
///
/// Control decides, this module only moves packets: nothing wide is computed or changes without an event. Queue number
/// = class * 5 + input; inputs 0 to 3 are the links, 4 is the local node. A link's queue holds `NocBufferDepth` packets
/// and the head of an empty one is what is on the link; a local queue holds `LocalDepth` and is always stored first.
/// Latency: 1 cycle from a queue's head to `link_o` or to the eject queue. Throughput: 1 packet per cycle and output.
module crossbar #(
  parameter int unsigned LocalDepth = 2,
  localparam int unsigned Links = 4,
  localparam int unsigned Inputs = Links + 1,
  localparam int unsigned Queues = 2 * Inputs
) (
  input  logic                   clk_i,
  input  logic                   rst_ni,
  // packets in
  input  noc_pkg::link_t [3:0]   link_i,
  input  noc_pkg::packet_t [1:0] inject_i,
  // queues: something is stored; store the packet at the input; the stored head leaves
  input  logic [Queues-1:0]      stored_i,
  input  logic [Queues-1:0]      put_i,
  input  logic [Queues-1:0]      take_i,
  // links: which head to send (none or one), and the port that it is to take at the next node
  input  logic [Queues-1:0]      link_select_i[Links],
  input  noc_pkg::port_e         link_port_i[Links],
  output noc_pkg::link_t [3:0]   link_o,
  // local node, per class: which head to take (none or one) while there is space
  input  logic [Inputs-1:0]      eject_select_i[2],
  output logic [1:0]             eject_space_o,
  output logic [1:0]             eject_valid_o,
  input  logic [1:0]             eject_ready_i,
  output noc_pkg::packet_t [1:0] eject_o
);
  localparam int unsigned LinkDepth = cfg_pkg::NocBufferDepth;
  localparam int unsigned LinkPtrW = $clog2(LinkDepth);
  localparam int unsigned LocalPtrW = $clog2(LocalDepth);
  localparam int unsigned CountW = $clog2(LocalDepth + 1);

  `TATAMI_ASSERT_STATIC(LocalDepth, LocalDepth >= 2, "crossbar: LocalDepth must be at least 2 for a packet per cycle")

  noc_pkg::packet_t arriving[Links];
  noc_pkg::packet_t link_slots_q[2*Links][LinkDepth];
  noc_pkg::packet_t inject_slots_q[2][LocalDepth];
  noc_pkg::packet_t eject_slots_q[2][LocalDepth];
  logic [LinkPtrW-1:0] link_write_q[2*Links];
  logic [LinkPtrW-1:0] link_read_q[2*Links];
  logic [LocalPtrW-1:0] inject_write_q[2];
  logic [LocalPtrW-1:0] inject_read_q[2];
  logic [LocalPtrW-1:0] eject_write_q[2];
  logic [LocalPtrW-1:0] eject_read_q[2];
  logic [CountW-1:0] eject_count_q[2];
  logic [1:0] eject_put, eject_take;

  for (genvar i = 0; i < Links; i++) begin : gen_arriving
    assign arriving[i] = link_i[i].packet;
  end

  for (genvar c = 0; c < 2; c++) begin : gen_class
    localparam int unsigned Local = c * Inputs + Links;

    for (genvar i = 0; i < Links; i++) begin : gen_queue
      localparam int unsigned Q = c * Inputs + i;
      localparam int unsigned S = c * Links + i;

      always_ff @(posedge clk_i) begin
        if (!rst_ni) begin
          link_write_q[S] <= '0;
          link_read_q[S]  <= '0;
        end else begin
          if (put_i[Q]) link_write_q[S] <= (link_write_q[S] == LinkPtrW'(LinkDepth - 1)) ? '0 : link_write_q[S] + 1'b1;
          if (take_i[Q]) link_read_q[S] <= (link_read_q[S] == LinkPtrW'(LinkDepth - 1)) ? '0 : link_read_q[S] + 1'b1;
        end
      end

      always_ff @(posedge clk_i) begin
        if (put_i[Q]) link_slots_q[S][link_write_q[S]] <= arriving[i];
      end
    end

    assign eject_valid_o[c] = eject_count_q[c] != '0;
    assign eject_space_o[c] = eject_count_q[c] != CountW'(LocalDepth);
    assign eject_put[c] = eject_select_i[c] != '0;
    assign eject_take[c] = eject_valid_o[c] && eject_ready_i[c];
    assign eject_o[c] = eject_slots_q[c][eject_read_q[c]];

    always_ff @(posedge clk_i) begin
      if (!rst_ni) begin
        inject_write_q[c] <= '0;
        inject_read_q[c]  <= '0;
        eject_write_q[c]  <= '0;
        eject_read_q[c]   <= '0;
        eject_count_q[c]  <= '0;
      end else begin
        if (put_i[Local]) begin
          inject_write_q[c] <= (inject_write_q[c] == LocalPtrW'(LocalDepth - 1)) ? '0 : inject_write_q[c] + 1'b1;
        end
        if (take_i[Local]) begin
          inject_read_q[c] <= (inject_read_q[c] == LocalPtrW'(LocalDepth - 1)) ? '0 : inject_read_q[c] + 1'b1;
        end
        if (eject_put[c]) begin
          eject_write_q[c] <= (eject_write_q[c] == LocalPtrW'(LocalDepth - 1)) ? '0 : eject_write_q[c] + 1'b1;
        end
        if (eject_take[c]) begin
          eject_read_q[c] <= (eject_read_q[c] == LocalPtrW'(LocalDepth - 1)) ? '0 : eject_read_q[c] + 1'b1;
        end
        if (eject_put[c] != eject_take[c]) begin
          eject_count_q[c] <= eject_put[c] ? eject_count_q[c] + 1'b1 : eject_count_q[c] - 1'b1;
        end
      end
    end

    always_ff @(posedge clk_i) begin
      if (put_i[Local]) inject_slots_q[c][inject_write_q[c]] <= inject_i[c];
      if (eject_put[c]) begin
        unique case (1'b1)
          eject_select_i[c][0]:
          eject_slots_q[c][eject_write_q[c]] <=
              stored_i[c*Inputs] ? link_slots_q[c*Links][link_read_q[c*Links]] : arriving[0];
          eject_select_i[c][1]:
          eject_slots_q[c][eject_write_q[c]] <=
              stored_i[c*Inputs+1] ? link_slots_q[c*Links+1][link_read_q[c*Links+1]] : arriving[1];
          eject_select_i[c][2]:
          eject_slots_q[c][eject_write_q[c]] <=
              stored_i[c*Inputs+2] ? link_slots_q[c*Links+2][link_read_q[c*Links+2]] : arriving[2];
          eject_select_i[c][3]:
          eject_slots_q[c][eject_write_q[c]] <=
              stored_i[c*Inputs+3] ? link_slots_q[c*Links+3][link_read_q[c*Links+3]] : arriving[3];
          default: eject_slots_q[c][eject_write_q[c]] <= inject_slots_q[c][inject_read_q[c]];
        endcase
        eject_slots_q[c][eject_write_q[c]].header.port <= noc_pkg::PortLocal;
      end
    end

    `TATAMI_ASSERT(EjectSpace, !eject_put[c] || eject_space_o[c])
    `TATAMI_ASSERT(EjectOneHot, (eject_select_i[c] & (eject_select_i[c] - 1'b1)) == '0)
  end

  for (genvar o = 0; o < Links; o++) begin : gen_link
    noc_pkg::packet_t packet_q;
    logic valid_q, send;

    assign send = link_select_i[o] != '0;
    assign link_o[o] = {valid_q, packet_q};

    always_ff @(posedge clk_i) begin
      if (!rst_ni) valid_q <= 1'b0;
      else valid_q <= send;
    end

    always_ff @(posedge clk_i) begin
      if (send) begin
        unique case (1'b1)
          link_select_i[o][0]: packet_q <= stored_i[0] ? link_slots_q[0][link_read_q[0]] : arriving[0];
          link_select_i[o][1]: packet_q <= stored_i[1] ? link_slots_q[1][link_read_q[1]] : arriving[1];
          link_select_i[o][2]: packet_q <= stored_i[2] ? link_slots_q[2][link_read_q[2]] : arriving[2];
          link_select_i[o][3]: packet_q <= stored_i[3] ? link_slots_q[3][link_read_q[3]] : arriving[3];
          link_select_i[o][4]: packet_q <= inject_slots_q[0][inject_read_q[0]];
          link_select_i[o][5]: packet_q <= stored_i[5] ? link_slots_q[4][link_read_q[4]] : arriving[0];
          link_select_i[o][6]: packet_q <= stored_i[6] ? link_slots_q[5][link_read_q[5]] : arriving[1];
          link_select_i[o][7]: packet_q <= stored_i[7] ? link_slots_q[6][link_read_q[6]] : arriving[2];
          link_select_i[o][8]: packet_q <= stored_i[8] ? link_slots_q[7][link_read_q[7]] : arriving[3];
          default: packet_q <= inject_slots_q[1][inject_read_q[1]];
        endcase
        packet_q.header.port <= link_port_i[o];
      end
    end

    `TATAMI_ASSERT(LinkOneHot, (link_select_i[o] & (link_select_i[o] - 1'b1)) == '0)
  end

  `TATAMI_ASSERT(TakeStored, (take_i & ~stored_i) == '0)
endmodule : crossbar
