// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Mesh router: four links, and one local port per traffic class.
///
/// A packet goes to one node, or to a group of them: where ways part, each output takes its copy when it can.
/// Latency: a packet that is visible on `link_i` in one cycle is on `link_o` in the next, when nothing is in its way.
/// From the handshake at `inject` to `eject_valid_o`: the number of hops + 2 cycles; two more over an edge. Throughput: 1 packet per cycle
/// and output. Each class has its own queue at every input (`NocBufferDepth` places on a link, 3 at the local port), its
/// own credits and its own exit, so that one never waits for the other except for a turn on a link that both can use.
/// Fairness: of the packets of a class that want an output, the one with the oldest stamp goes first, see age_order.
/// Order: packets of one class between two nodes, or from a node to a group, stay in order, as there is one path, and a
/// queue keeps the order per output.
/// Handshake: links by credits (`credit_o`: a place became free); inject and eject by valid/ready. All outputs are
/// registers or a function of fill levels. `id_i` and `edge_i` must not change outside reset.
/// Errors: a packet to which no route leads is dropped and recorded (`lost_o`).
module router #(
  parameter int unsigned LaneW = $bits(noc_pkg::packet_t)  // of the crossbar
) (
  input  logic                     clk_i,
  input  logic                     rst_ni,
  input  noc_pkg::node_id_t        id_i,
  // links by which packets enter the die: what comes over them is routed and stamped here
  input  logic [3:0]               edge_i,
  // links: north, east, south, west (port - 1)
  input  noc_pkg::link_t [3:0]     link_i,
  output noc_pkg::link_t [3:0]     link_o,
  input  logic [3:0][1:0]          credit_i,
  output logic [3:0][1:0]          credit_o,
  // from the local node, per class; header.ports is filled in here
  input  logic [1:0]               inject_valid_i,
  output logic [1:0]               inject_ready_o,
  input  noc_pkg::packet_t [1:0]   inject_i,
  // routes, written by software
  input  router_pkg::route_write_t route_write_i,
  // to the local node, per class
  output logic [1:0]               eject_valid_o,
  input  logic [1:0]               eject_ready_i,
  output noc_pkg::packet_t [1:0]   eject_o,
  // since reset a packet was dropped here, because no route leads to its destination; the first such one
  output logic                     lost_o,
  output router_pkg::lost_t        lost_dst_o,
  // the clock must run in the next cycle
  output logic                     busy_o
);
  import router_pkg::Links, router_pkg::Local, router_pkg::Ports, router_pkg::Queues, router_pkg::Sources;
  import router_pkg::Places, router_pkg::ClassPlaces;

  `TATAMI_ASSERT_STATIC(
      BufferDepth, cfg_pkg::NocBufferDepth >= 4,
      "noc_buffer_depth must be at least 4: three places cover a credit's way round, and one is kept back")

  // what arrives, by source: packets, where they go, the ports that they take here and next
  noc_pkg::packet_t arriving[Sources];
  noc_pkg::node_id_t arriving_dst[Sources];
  logic [Sources-1:0] comes, is_cast;  // a cast: to a group of this die
  router_pkg::ports_t ports[Sources];
  router_pkg::ports_t passing[Sources];  // of those that may go through at once
  router_pkg::ports_t ways[Sources][Links];  // the next ports, by the link that it leaves by
  logic [router_pkg::NextW-1:0] next[Sources];

  // what is routed, by source: links as it arrives, the local node's a cycle earlier
  logic [Sources-1:0] routed, asks_group;  // a cast may be for another die, which is known later
  noc_pkg::node_id_t dst[Sources];
  router_pkg::ways_t entry[Sources], group[Sources];
  router_pkg::ways_t exit_entry, exit_ways;
  noc_pkg::route_exit_t routes;

  // queues: what they store, and what is stored
  logic [Queues-1:0] arrives, ready, credit, stored;
  logic [Ports-1:0] through[Queues], waits[Queues];
  router_pkg::places_t place[Queues], taken[Queues];
  router_pkg::place_t number[Queues];
  router_pkg::places_t [Ports-1:0] head[Queues], grant[Queues];
  router_pkg::hop_t [Places-1:0] stored_hop[Queues];
  router_pkg::order_t older[2];

  // what leaves, by output: the links, then the local node by class
  router_pkg::stored_t output_grant[Links+2], output_stored[Links+2];
  logic [Queues-1:0] output_through[Links+2];
  router_pkg::send_t send[Links+2];
  logic [Links+1:0] sends;
  logic [Links-1:0] leaves_cast;
  router_pkg::group_t leaving_group[Links];
  router_pkg::ports_t group_next[Links];
  router_pkg::ports_t ports_next[Links];

  router_pkg::stamp_t header_stamp[Links];
  router_pkg::stamp_t stamp;

  // What comes over the die's edge has no ports yet: it is stored, and goes on when they have been found.
  for (genvar i = 0; i < Links; i++) begin : gen_link
    noc_pkg::header_t header;

    assign header = link_i[i].packet.header;
    assign header_stamp[i] = header.stamp;
    assign comes[i] = link_i[i].valid;
    assign routed[i] = comes[i];
    assign asks_group[i] = comes[i] && header.cast;
    assign dst[i] = {header.dst_die, header.dst_y, header.dst_x};
    assign arriving_dst[i] = dst[i];
    assign passing[i] = edge_i[i] ? '0 : header.ports;

    always_comb begin
      arriving[i] = link_i[i].packet;
      if (edge_i[i]) arriving[i].header.stamp = stamp;
    end

    packet_route u_route (
      .valid_i(comes[i]),
      .at_i(id_i),
      .header_i(header),
      .known_i(!edge_i[i]),
      .by_table_i(routes.by_table),
      .entry_i(entry[i]),
      .exit_i(exit_ways),
      .group_i(group[i]),
      .cast_o(is_cast[i]),
      .ports_o(ports[i]),
      .ways_o(ways[i]),
      .next_o(next[i])
    );

    for (genvar c = 0; c < 2; c++) begin : gen_class
      assign arrives[c*Ports+i] = comes[i] && header.cls == noc_pkg::class_e'(c);
      assign credit_o[i][c] = credit[c*Ports+i];
    end

    logic unused_ready;
    assign unused_ready = ready[i] ^ ready[Ports+i];

    `TATAMI_ASSERT(NoTurnBack, !comes[i] || !ports[i][i+1])
    `TATAMI_ASSERT(LocalMeansHere,
                   !comes[i] || is_cast[i] || ports[i] == '0 || ports[i][noc_pkg::PortLocal] == (dst[i] == id_i))
    `TATAMI_ASSERT(OneWay, !comes[i] || is_cast[i] || (ports[i] & (ports[i] - 1'b1)) == '0)
  end

  // A packet from the node is routed, stamped and held for a cycle, and then arrives like one from a link.
  for (genvar c = 0; c < 2; c++) begin : gen_local
    localparam int unsigned S = Links + c;
    localparam int unsigned Q = c * Ports + Local;
    noc_pkg::header_t header;

    assign header = inject_i[c].header;
    assign inject_ready_o[c] = ready[Q];
    assign routed[S] = inject_valid_i[c];
    assign asks_group[S] = inject_valid_i[c] && header.cast;
    assign dst[S] = {header.dst_die, header.dst_y, header.dst_x};

    inject_stage u_stage (
      .clk_i,
      .rst_ni,
      .valid_i(inject_valid_i[c]),
      .ready_i(ready[Q]),
      .packet_i(inject_i[c]),
      .at_i(id_i),
      .stamp_i(stamp),
      .by_table_i(routes.by_table),
      .entry_i(entry[S]),
      .exit_i(exit_ways),
      .group_i(group[S]),
      .valid_o(comes[S]),
      .packet_o(arriving[S]),
      .cast_o(is_cast[S]),
      .ways_o(ways[S]),
      .next_o(next[S])
    );

    assign arrives[Q] = comes[S];
    assign arriving_dst[S] = {arriving[S].header.dst_die, arriving[S].header.dst_y, arriving[S].header.dst_x};
    assign ports[S] = arriving[S].header.ports;
    assign passing[S] = arriving[S].header.ports;

    logic unused_header;
    assign unused_header = ^header;

    logic unused_credit;
    assign unused_credit = credit[Q];

    // The payload's hold is not compared: copying it every cycle would cost more than the router.
    `TATAMI_ASSERT_STREAM(Inject, inject_valid_i[c], inject_ready_o[c], inject_i[c].header)
    `TATAMI_ASSERT_STREAM(Eject, eject_valid_o[c], eject_ready_i[c], eject_o[c].header)
    `TATAMI_ASSERT(InjectClass, !inject_valid_i[c] || inject_i[c].header.cls == noc_pkg::class_e'(c))
    `TATAMI_ASSERT(EjectClass, !eject_valid_o[c] || eject_o[c].header.cls == noc_pkg::class_e'(c))
  end

  for (genvar q = 0; q < Queues; q++) begin : gen_queue
    localparam int unsigned S = router_pkg::source(q);

    input_queue #(
      .Depth(router_pkg::depth(q))
    ) u_queue (
      .clk_i,
      .rst_ni,
      .valid_i(arrives[q]),
      .outputs_i(router_pkg::outputs(ports[S])),
      .hop_i('{cast: is_cast[S], next: next[S]}),
      .passing_i(router_pkg::outputs(passing[S])),
      .through_i(through[q]),
      .place_o(place[q]),
      .number_o(number[q]),
      .ready_o(ready[q]),
      .waits_o(waits[q]),
      .head_o(head[q]),
      .grant_i(grant[q]),
      .hop_o(stored_hop[q]),
      .taken_o(taken[q]),
      .credit_o(credit[q]),
      .busy_o(stored[q])
    );
  end

  for (genvar c = 0; c < 2; c++) begin : gen_age
    router_pkg::places_t class_place[Ports];
    router_pkg::stamp_t class_stamp[Ports];
    logic [ClassPlaces-1:0] class_taken;

    for (genvar i = 0; i < Ports; i++) begin : gen_queue
      localparam int unsigned Q = c * Ports + i;
      assign class_place[i] = place[Q];
      assign class_stamp[i] = arriving[router_pkg::source(Q)].header.stamp;
      assign class_taken[i*Places+:Places] = taken[Q];
    end

    age_order u_order (
      .clk_i,
      .rst_ni,
      .arrive_i(arrives[c*Ports+:Ports]),
      .place_i(class_place),
      .stamp_i(class_stamp),
      .taken_i(class_taken),
      .older_o(older[c])
    );
  end

  // Outputs see the queues the other way round: by output, then by queue.
  for (genvar o = 0; o < Links + 2; o++) begin : gen_output
    localparam int unsigned Port = (o < Links) ? o : Local;
    localparam int unsigned First = (o < Links) ? 0 : (o - Links) * Ports;  // of its queues
    localparam int unsigned Classes = (o < Links) ? 2 : 1;
    logic [Classes*Ports-1:0] waits_here, arrives_here, passes;
    router_pkg::places_t [Classes*Ports-1:0] heads, granted, reads;
    logic [Classes-1:0] freed;

    for (genvar k = 0; k < Classes * Ports; k++) begin : gen_queue
      assign waits_here[k] = waits[First+k][Port];
      assign heads[k] = head[First+k][Port];
      assign arrives_here[k] = arrives[First+k] && passing[router_pkg::source(First+k)][(Port+1)%Ports];
    end

    if (o < Links) begin : gen_link
      assign freed = credit_i[o];
    end else begin : gen_eject
      assign freed = eject_valid_o[o-Links] && eject_ready_i[o-Links];
    end

    output_port #(
      .FirstClass(First / Ports),
      .Classes(Classes),
      .FarPlaces((o < Links) ? cfg_pkg::NocBufferDepth : router_pkg::EjectDepth)
    ) u_output (
      .clk_i,
      .rst_ni,
      .waits_i(waits_here),
      .heads_i(heads),
      .older_i(older),
      .grant_o(granted),
      .arrive_i(arrives_here),
      .through_o(passes),
      .credit_i(freed),
      .send_o(send[o]),
      .stored_o(reads),
      .busy_o(sends[o])
    );

    assign output_grant[o] = router_pkg::stored_t'(granted) << First * Places;
    assign output_stored[o] = router_pkg::stored_t'(reads);
    assign output_through[o] = Queues'(passes) << First;
  end

  always_comb begin
    for (int unsigned q = 0; q < Queues; q++) begin
      for (int unsigned o = 0; o < Links; o++) begin
        grant[q][o] = output_grant[o][q];
        through[q][o] = output_through[o][q];
      end
      grant[q][Local] = output_grant[Links+q/Ports][q];
      through[q][Local] = output_through[Links+q/Ports][q];
    end
  end

  for (genvar o = 0; o < Links; o++) begin : gen_next
    router_pkg::ports_t queue_next[Queues];

    for (genvar q = 0; q < Queues; q++) begin : gen_queue
      localparam int unsigned S = router_pkg::source(q);
      assign queue_next[q] = ways[S][o];
    end

    next_ports u_next (
      .send_i(send[o]),
      .stored_i(output_stored[o]),
      .stored_hop_i(stored_hop),
      .arriving_i(queue_next),
      .cast_o(leaves_cast[o]),
      .group_o(leaving_group[o]),
      .group_ports_i(group_next[o]),
      .ports_o(ports_next[o])
    );
  end

  stamper u_stamper (
    .clk_i,
    .rst_ni,
    .valid_i(comes[Links-1:0]),
    .enters_i(edge_i),
    .stamp_i(header_stamp),
    .local_i({arrives[Ports+Local], arrives[Local]}),
    .stamp_o(stamp)
  );

  route_table u_routes (
    .clk_i,
    .rst_ni,
    .write_i(route_write_i),
    .read_i(routed),
    .dst_i(dst),
    .entry_o(entry),
    .exit_entry_o(exit_entry),
    .exit_o(routes)
  );

  lookahead u_exit_ways (
    .valid_i(routed != '0),
    .at_i(id_i),
    .y_i(routes.y),
    .x_i(routes.x),
    .arrived_i(router_pkg::set_of(routes.port)),
    .by_table_i(routes.by_table),
    .entry_i(exit_entry),
    .ways_o(exit_ways)
  );

  group_table u_groups (
    .clk_i,
    .rst_ni,
    .write_i(route_write_i),
    .read_i(asks_group),
    .dst_i(dst),
    .entry_o(group),
    .leave_i(leaves_cast),
    .group_i(leaving_group),
    .next_o(group_next)
  );

  lost_record u_lost (
    .clk_i,
    .rst_ni,
    .arrive_i(comes),
    .dst_i(arriving_dst),
    .ports_i(ports),
    .cast_i(is_cast),
    .lost_o,
    .lost_dst_o
  );

  crossbar #(
    .LaneW(LaneW)
  ) u_crossbar (
    .clk_i,
    .rst_ni,
    .arriving_i(arriving),
    .arrive_i(arrives),
    .place_i(number),
    .send_i(send),
    .stored_i(output_stored),
    .next_ports_i(ports_next),
    .link_o,
    .eject_valid_o,
    .eject_ready_i,
    .eject_o
  );

  assign busy_o = stored != '0 || sends != '0 || arrives[Local] || arrives[Ports+Local] || inject_valid_i != '0 ||
                  route_write_i.entry || route_write_i.exit || route_write_i.group ||
                  eject_valid_o != '0 || link_o[0].valid || link_o[1].valid || link_o[2].valid || link_o[3].valid;
endmodule : router
