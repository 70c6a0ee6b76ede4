// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The wide half of the router: the packets of every queue, the switch, and the output registers.
///
/// Control decides, this module only moves packets: nothing wide is computed or changes without an event. Every output
/// reads any place of any queue, so one queue may send to several outputs in a cycle. The header of a packet that leaves
/// gets the ports that it takes at the next node, and its stamp.
/// Latency: 1 cycle from a place, or from `arriving_i`, to `link_o` or to the eject queue. Throughput: 1 packet per cycle
/// and output.
module crossbar (
  input  logic                           clk_i,
  input  logic                           rst_ni,
  // packets that arrive; queues that store theirs, and in which place
  input  noc_pkg::packet_t               arriving_i[router_pkg::Sources],
  input  logic [router_pkg::Queues-1:0]  store_i,
  input  logic [router_pkg::SlotW-1:0]   store_slot_i[router_pkg::Queues],
  // what leaves: by link, then for the local node by class
  input  router_pkg::send_t              send_i[router_pkg::Links+2],
  input  router_pkg::ports_t             next_ports_i[router_pkg::Links],  // at the next node
  output noc_pkg::link_t [3:0]           link_o,
  output logic [1:0]                     eject_valid_o,
  input  logic [1:0]                     eject_ready_i,
  output noc_pkg::packet_t [1:0]         eject_o
);
  import router_pkg::Links, router_pkg::Ports, router_pkg::Queues, router_pkg::EjectDepth;
  localparam int unsigned Slots = 2 ** router_pkg::SlotW;  // those beyond a queue's depth are never written
  localparam int unsigned PtrW = $clog2(EjectDepth);
  localparam int unsigned CountW = $clog2(EjectDepth + 1);

  noc_pkg::packet_t slots_q[Queues][Slots];

  for (genvar q = 0; q < Queues; q++) begin : gen_queue
    always_ff @(posedge clk_i) begin
      if (store_i[q]) slots_q[q][store_slot_i[q]] <= arriving_i[router_pkg::source(q)];
    end
  end

  for (genvar o = 0; o < Links; o++) begin : gen_link
    noc_pkg::packet_t packet_q, packet;
    logic valid_q;

    assign link_o[o] = {valid_q, packet_q};

    always_ff @(posedge clk_i) begin
      if (!rst_ni) valid_q <= 1'b0;
      else valid_q <= send_i[o].select != '0;
    end

    // No queue of this link's own input: nothing goes back the way that it came.
    always_comb begin
      packet = '0;
      if (send_i[o].select != '0) begin
        for (int unsigned q = 0; q < Queues; q++) begin
          if (q % Ports != o && send_i[o].select[q]) begin
            packet |= send_i[o].through ? arriving_i[router_pkg::source(q)] : slots_q[q][send_i[o].head.slot];
          end
        end
        packet.header.ports = next_ports_i[o];
        packet.header.stamp = send_i[o].head.hop.stamp;
      end
    end

    always_ff @(posedge clk_i) begin
      if (send_i[o].select != '0) packet_q <= packet;
    end

    `TATAMI_ASSERT(OneHot, (send_i[o].select & (send_i[o].select - 1'b1)) == '0)
    `TATAMI_ASSERT(NoWayBack, !send_i[o].select[o] && !send_i[o].select[Ports+o])
  end

  for (genvar c = 0; c < 2; c++) begin : gen_eject
    noc_pkg::packet_t slots_eject_q[EjectDepth];
    noc_pkg::packet_t packet;
    logic [PtrW-1:0] write_q, read_q;
    logic [CountW-1:0] count_q;
    logic put, take;

    assign put = send_i[Links+c].select != '0;
    assign take = eject_valid_o[c] && eject_ready_i[c];
    assign eject_valid_o[c] = count_q != '0;
    assign eject_o[c] = slots_eject_q[read_q];

    always_ff @(posedge clk_i) begin
      if (!rst_ni) begin
        write_q <= '0;
        read_q  <= '0;
        count_q <= '0;
      end else begin
        if (put) write_q <= (write_q == PtrW'(EjectDepth - 1)) ? '0 : write_q + 1'b1;
        if (take) read_q <= (read_q == PtrW'(EjectDepth - 1)) ? '0 : read_q + 1'b1;
        if (put != take) count_q <= put ? count_q + 1'b1 : count_q - 1'b1;
      end
    end

    always_comb begin
      packet = '0;
      if (put) begin
        for (int unsigned i = 0; i < Ports; i++) begin
          if (send_i[Links+c].select[i]) begin
            packet |= send_i[Links+c].through ? arriving_i[router_pkg::source(c*Ports+i)] :
                slots_q[c*Ports+i][send_i[Links+c].head.slot];
          end
        end
        packet.header.ports = router_pkg::set_of(noc_pkg::PortLocal);
        packet.header.stamp = send_i[Links+c].head.hop.stamp;
      end
    end

    always_ff @(posedge clk_i) begin
      if (put) slots_eject_q[write_q] <= packet;
    end

    `TATAMI_ASSERT(EjectSpace, !put || count_q != CountW'(EjectDepth))
    `TATAMI_ASSERT(EjectOneHot, (send_i[Links+c].select & (send_i[Links+c].select - 1'b1)) == '0)
  end
endmodule : crossbar
