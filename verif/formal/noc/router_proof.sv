// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The router at node (1, 1) of a die of 3 x 3, at its ports: packets of both classes come from two neighbours, north and
/// west, and from the node, for any node; neighbours and node keep what was promised (credits, held handshakes, X first,
/// then Y), and may be slow. Of one source, class and destination, chosen by the solver, every packet leaves by the port of
/// its way, none twice, in order and unchanged; what has not left keeps the router busy. Credits: no place at the far side
/// is counted on twice, and all come back. No casts, no tables, no packets over the die's edge.
module router_proof #(
  parameter logic [4:0] Inputs = 5'b11001,  // that packets come from: links from bit 0, then the node
  parameter int unsigned TagW = 2,
  parameter bit Fills = 1'b0  // the proof is long enough to fill a queue and to use up credits
) (
  input logic                 clk_i,
  input logic                 rst_ni,
  // what comes over the links and from the node, by class
  input logic [3:0]           valid_i,
  input noc_pkg::class_e      cls_i[4],
  input logic [1:0]           inject_valid_i,
  input logic [1:0]           to_y_i[6],
  input logic [1:0]           to_x_i[6],
  input logic [TagW-1:0]      tag_i[6],
  input router_pkg::stamp_t   stamp_i[4],
  // what is taken
  input logic [3:0][1:0]      credit_i,
  input logic [1:0]           eject_ready_i,
  input logic                 follow_i
);
  localparam int unsigned Links = router_pkg::Links;
  localparam int unsigned Depth = cfg_pkg::NocBufferDepth;
  localparam int unsigned CountW = 5;
  localparam noc_pkg::node_id_t Here = '{die: '0, y: 5'd1, x: 5'd1};

  typedef logic [CountW-1:0] count_t;

  `TATAMI_FORMAL_RESET

  noc_pkg::link_t [3:0] link_in, link_out;
  noc_pkg::packet_t [1:0] inject, eject;
  logic [3:0][1:0] credit_out;
  logic [1:0] inject_ready, eject_valid;
  logic busy, lost;

  // The packets: the tag in two places, the source in the payload.
  function automatic noc_pkg::packet_t packet(input noc_pkg::class_e cls, input logic [1:0] y, input logic [1:0] x,
                                              input logic [TagW-1:0] tag, input logic [2:0] from);
    noc_pkg::packet_t p;
    p = '0;
    p.header.cls = cls;
    p.header.dst_y = 5'(y);
    p.header.dst_x = 5'(x);
    p.header.addr = 30'(tag) << 3;
    p.payload[2:0] = from;
    p.payload[$bits(p.payload)-1-:TagW] = tag;
    return p;
  endfunction

  /// The port of the way to a node: X first, then Y.
  function automatic router_pkg::ports_t way(input logic [1:0] y, input logic [1:0] x);
    if (x != 2'd1) return (x > 2'd1) ? 5'b00100 : 5'b10000;
    if (y != 2'd1) return (y > 2'd1) ? 5'b01000 : 5'b00010;
    return 5'b00001;
  endfunction

  always_comb begin
    for (int unsigned i = 0; i < Links; i++) begin
      link_in[i] = '0;
      if (Inputs[i] && valid_i[i]) begin
        link_in[i] = {1'b1, packet(cls_i[i], to_y_i[i], to_x_i[i], tag_i[i], 3'(i))};
        link_in[i].packet.header.ports = way(to_y_i[i], to_x_i[i]);
        link_in[i].packet.header.stamp = stamp_i[i];
      end
    end
    for (int unsigned c = 0; c < 2; c++) begin
      inject[c] = packet(noc_pkg::class_e'(c), to_y_i[4+c], to_x_i[4+c], tag_i[4+c], 3'd4);
    end
  end

  router u_router (
    .clk_i,
    .rst_ni,
    .id_i          (Here),
    .edge_i        ('0),
    .link_i        (link_in),
    .link_o        (link_out),
    .credit_i,
    .credit_o      (credit_out),
    .inject_valid_i(inject_valid_i & {2{Inputs[4]}}),
    .inject_ready_o(inject_ready),
    .inject_i      (inject),
    .route_write_i ('0),
    .eject_valid_o (eject_valid),
    .eject_ready_i,
    .eject_o       (eject),
    .lost_o        (lost),
    .lost_dst_o    (),
    .busy_o        (busy)
  );

  logic [3:0][1:0] empty;  // the far side
  // Neighbours: places of this router that they may use, and places of theirs that are taken.
  for (genvar i = 0; i < Links; i++) begin : gen_link
    for (genvar c = 0; c < 2; c++) begin : gen_class
      count_t free_q, taken_q;
      logic comes, leaves;

      assign empty[i][c] = taken_q == '0;
      assign comes  = link_in[i].valid && link_in[i].packet.header.cls == noc_pkg::class_e'(c);
      assign leaves = link_out[i].valid && link_out[i].packet.header.cls == noc_pkg::class_e'(c);

      always_ff @(posedge clk_i) begin
        if (!rst_ni) begin
          free_q  <= count_t'(Depth);
          taken_q <= '0;
        end else begin
          free_q  <= free_q + count_t'(credit_out[i][c]) - count_t'(comes);
          taken_q <= taken_q + count_t'(leaves) - count_t'(credit_i[i][c]);
        end
      end

      `TATAMI_ASSUME(SendsByCredit, !comes || free_q != '0)
      `TATAMI_ASSUME(CreditOfPacket, !credit_i[i][c] || taken_q != '0)
      `TATAMI_ASSERT(PlaceThere, !leaves || taken_q != count_t'(Depth))
      `TATAMI_ASSERT(CreditsBound, free_q <= count_t'(Depth))
      `TATAMI_ASSERT(CreditsBack, busy || free_q == count_t'(Depth))
      if (Fills && Inputs[i]) begin : gen_input
        `TATAMI_COVER(Full, free_q == '0)
      end else if (Fills) begin : gen_output
        `TATAMI_COVER(NoCredit, taken_q == count_t'(Depth))
      end
    end
    `TATAMI_ASSUME(ToNode, to_y_i[i] != 2'd3 && to_x_i[i] != 2'd3)
    `TATAMI_ASSUME(NoTurnBack, !link_in[i].valid || !link_in[i].packet.header.ports[i+1])
    // By X first, then Y, nothing comes along the column for another one.
    `TATAMI_ASSUME(XFirst, !link_in[i].valid || i % 2 == 1 || to_x_i[i] == 2'd1)
  end

  for (genvar c = 0; c < 2; c++) begin : gen_local
    logic waits_q;
    logic [TagW+3:0] packet_q;
    always_ff @(posedge clk_i) begin
      waits_q  <= rst_ni && inject_valid_i[c] && !inject_ready[c];
      packet_q <= {to_y_i[4+c], to_x_i[4+c], tag_i[4+c]};
    end
    `TATAMI_ASSUME(ToNode, to_y_i[4+c] != 2'd3 && to_x_i[4+c] != 2'd3)
    `TATAMI_ASSUME(Waits, !waits_q || (inject_valid_i[c] && {to_y_i[4+c], to_x_i[4+c], tag_i[4+c]} == packet_q))
  end

  // The flow that is watched.
  logic [2:0] source;
  logic cls;
  logic [1:0] to_y, to_x;

  any_constant #(
    .Width(8)
  ) u_flow (
    .clk_i,
    .value_o({source, cls, to_y, to_x})
  );

  function automatic logic is_of(input noc_pkg::packet_t p, input logic [2:0] from, input logic of_class,
                                 input logic [3:0] to);
    return p.payload[2:0] == from && p.header.cls == noc_pkg::class_e'(of_class) &&
           {p.header.dst_y, p.header.dst_x} == {3'd0, to[3:2], 3'd0, to[1:0]};
  endfunction

  function automatic logic [2*TagW-1:0] tags(input noc_pkg::packet_t p);
    return {p.payload[$bits(p.payload)-1-:TagW], p.header.addr[3+:TagW]};
  endfunction

  router_pkg::ports_t leaves;  // by which a packet of the flow leaves: bit = port
  logic enters, exits;
  logic [2*TagW-1:0] tag_in, tag_out;
  router_pkg::ports_t next_ports;

  always_comb begin
    enters = 1'b0;
    leaves = '0;
    tag_in = '0;
    tag_out = '0;
    next_ports = '0;
    for (int unsigned i = 0; i < Links; i++) begin
      if (link_in[i].valid && is_of(link_in[i].packet, source, cls, {to_y, to_x})) begin
        enters = 1'b1;
        tag_in = tags(link_in[i].packet);
      end
      if (link_out[i].valid && is_of(link_out[i].packet, source, cls, {to_y, to_x})) begin
        leaves[i+1] = 1'b1;
        tag_out |= tags(link_out[i].packet);
        next_ports |= link_out[i].packet.header.ports;
      end
    end
    for (int unsigned c = 0; c < 2; c++) begin
      if (Inputs[4] && inject_valid_i[c] && inject_ready[c] && is_of(inject[c], source, cls, {to_y, to_x})) begin
        enters = 1'b1;
        tag_in = tags(inject[c]);
      end
      if (eject_valid[c] && eject_ready_i[c] && is_of(eject[c], source, cls, {to_y, to_x})) begin
        leaves[0] = 1'b1;
        tag_out |= tags(eject[c]);
      end
    end
    exits = leaves != '0;
  end

  // One of them, chosen as it enters, and how many are in front of it.
  count_t inside_q, ahead_q;
  logic followed_q, waits_q;
  logic [2*TagW-1:0] tag_q;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      inside_q <= '0;
      followed_q <= 1'b0;
      waits_q <= 1'b0;
    end else begin
      inside_q <= inside_q + count_t'(enters) - count_t'(exits);
      if (enters && follow_i && !followed_q) begin
        followed_q <= 1'b1;
        waits_q <= 1'b1;
        tag_q <= tag_in;
        ahead_q <= inside_q - count_t'(exits);
      end
      if (waits_q && exits) begin
        ahead_q <= ahead_q - 1'b1;
        if (ahead_q == '0) waits_q <= 1'b0;
      end
    end
  end

  // At the neighbour a packet is at its end when it has no further to go.
  router_pkg::ports_t way_there;
  always_comb begin
    way_there = 5'b00001;
    if (to_x != 2'd1 && to_y != 2'd1) way_there = (to_y > 2'd1) ? 5'b01000 : 5'b00010;
  end

  `TATAMI_ASSERT(NotMisrouted, (leaves & ~way(to_y, to_x)) == '0)
  `TATAMI_ASSERT(NotDuplicated, !exits || inside_q != '0)
  `TATAMI_ASSERT(NotLost, inside_q == '0 || busy)
  `TATAMI_ASSERT(InOrder, !waits_q || !exits || ahead_q != '0 || tag_out == tag_q)
  `TATAMI_ASSERT(WayThere, leaves[4:1] == '0 || next_ports == way_there)
  `TATAMI_ASSERT(NothingDropped, !lost)
  // With nothing in its way a packet that comes over a link is on the next one in the next cycle.
  logic free_way;
  assign free_way = !busy && empty == '1 && $countones(valid_i & Inputs[3:0]) == 1;
  `TATAMI_ASSERT_NEXT(OneCycle, enters && source != 3'd4 && free_way && way(to_y, to_x) != 5'b00001, exits)
  `TATAMI_COVER(Behind, waits_q && ahead_q == count_t'(1) && exits && source == 3'd3)
  `TATAMI_COVER(Ejects, waits_q && leaves[0] && ahead_q == '0)
endmodule : router_proof
