// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The wide half of the router: the packets of every queue, the switch, and the output registers.
///
/// Control decides, this module only moves packets: nothing wide is computed or changes without an event. Places and switch
/// are lanes of `LaneW` bits each. The header of a packet that leaves by a link gets the ports that it takes at the next node; one
/// for the local node keeps those that it came by.
/// Latency: 1 cycle from a place, or from `arriving_i`, to `link_o` or to the eject queue. Throughput: 1 packet per cycle
/// and output.
module crossbar #(
  parameter int unsigned LaneW = $bits(noc_pkg::packet_t)
) (
  input  logic                          clk_i,
  input  logic                          rst_ni,
  // packets that arrive; queues at which they do, and the place for each
  input  noc_pkg::packet_t              arriving_i[router_pkg::Sources],
  input  logic [router_pkg::Queues-1:0] arrive_i,
  input  router_pkg::place_t            place_i[router_pkg::Queues],
  // what leaves: by link, then for the local node by class
  input  router_pkg::send_t             send_i[router_pkg::Links+2],
  input  router_pkg::stored_t           stored_i[router_pkg::Links+2],
  input  router_pkg::ports_t            next_ports_i[router_pkg::Links],  // at the next node
  output noc_pkg::link_t [3:0]          link_o,
  output logic [1:0]                    eject_valid_o,
  input  logic [1:0]                    eject_ready_i,
  output noc_pkg::packet_t [1:0]        eject_o
);
  import router_pkg::Links, router_pkg::Ports, router_pkg::EjectDepth;
  localparam int unsigned CountW = $clog2(EjectDepth + 1);
  localparam int unsigned Lanes = $bits(noc_pkg::packet_t) / LaneW;

  `TATAMI_ASSERT_STATIC(LaneWidth, Lanes * LaneW == $bits(noc_pkg::packet_t),
                        "crossbar: LaneW must divide a packet's bits")

  router_pkg::eject_t write_q[2], read_q[2];
  router_pkg::ports_t ports_q[Links];
  noc_pkg::packet_t link[Links];
  logic [Links-1:0] valid_q;

  for (genvar l = 0; l < Lanes; l++) begin : gen_lane
    logic [LaneW-1:0] arriving[router_pkg::Sources], link_bits[Links], eject_bits[2];

    for (genvar s = 0; s < router_pkg::Sources; s++) begin : gen_source
      assign arriving[s] = arriving_i[s][l*LaneW+:LaneW];
    end

    switch_lane #(
      .Width(LaneW)
    ) u_lane (
      .clk_i,
      .arriving_i(arriving),
      .arrive_i,
      .place_i,
      .send_i,
      .stored_i,
      .link_o(link_bits),
      .write_i(write_q),
      .read_i(read_q),
      .eject_o(eject_bits)
    );

    for (genvar o = 0; o < Links; o++) begin : gen_link
      assign link[o][l*LaneW+:LaneW] = link_bits[o];
    end
    for (genvar c = 0; c < 2; c++) begin : gen_eject
      assign eject_o[c][l*LaneW+:LaneW] = eject_bits[c];
    end
  end

  for (genvar o = 0; o < Links; o++) begin : gen_link
    always_ff @(posedge clk_i) begin
      if (!rst_ni) valid_q[o] <= 1'b0;
      else valid_q[o] <= send_i[o].valid;
    end

    always_ff @(posedge clk_i) begin
      if (send_i[o].valid) ports_q[o] <= next_ports_i[o];
    end

    always_comb begin
      link_o[o] = {valid_q[o], link[o]};
      link_o[o].packet.header.ports = ports_q[o];
    end

    `TATAMI_ASSERT(OneStored, (stored_i[o] & (stored_i[o] - 1'b1)) == '0)
    `TATAMI_ASSERT(OneThrough, (send_i[o].through & (send_i[o].through - 1'b1)) == '0)
    `TATAMI_ASSERT(OneOfThem, stored_i[o] == '0 || send_i[o].through == '0)
    `TATAMI_ASSERT(NoWayBack, !send_i[o].through[o] && !send_i[o].through[Ports+o])
  end

  for (genvar c = 0; c < 2; c++) begin : gen_eject
    localparam router_pkg::eject_t Last = router_pkg::eject_t'(EjectDepth - 1);
    logic [CountW-1:0] count_q;
    logic put, take;

    assign put = send_i[Links+c].valid;
    assign take = eject_valid_o[c] && eject_ready_i[c];
    assign eject_valid_o[c] = count_q != '0;

    always_ff @(posedge clk_i) begin
      if (!rst_ni) begin
        write_q[c] <= '0;
        read_q[c]  <= '0;
        count_q    <= '0;
      end else begin
        if (put) write_q[c] <= (write_q[c] == Last) ? '0 : write_q[c] + 1'b1;
        if (take) read_q[c] <= (read_q[c] == Last) ? '0 : read_q[c] + 1'b1;
        if (put != take) count_q <= put ? count_q + 1'b1 : count_q - 1'b1;
      end
    end

    `TATAMI_ASSERT(EjectSpace, !put || count_q != CountW'(EjectDepth))
  end
endmodule : crossbar
