// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Mesh router: four links, and one local port per traffic class.
///
/// A packet goes to one node, or to a group of them: where ways part, each output takes its copy when it can.
/// Latency: a packet that is visible on `link_i` in one cycle is on `link_o` in the next, when nothing is in its way.
/// From the handshake at `inject` to `eject_valid_o`: the number of hops + 2 cycles. Throughput: 1 packet per cycle
/// and output. Each class has its own queue at every input (`NocBufferDepth` places on a link, 3 at the local port), its
/// own credits and its own exit, so that one never waits for the other except for a turn on a link that both can use.
/// Fairness: of the packets of a class that want an output, the one with the oldest turn goes first, see stamper.
/// Order: packets of one class between two nodes, or from a node to a group, stay in order, as there is one path, and a
/// queue keeps the order per output.
/// Handshake: links by credits (`credit_o`: a place became free); inject and eject by valid/ready. All outputs are
/// registers or a function of fill levels. `id_i` and `edge_i` must not change outside reset.
/// Errors: a packet to which no route leads is dropped and recorded (`lost_o`).
module router (
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
  import router_pkg::Links, router_pkg::Local, router_pkg::Ports, router_pkg::Queues;

  `TATAMI_ASSERT_STATIC(
      BufferDepth, cfg_pkg::NocBufferDepth >= 4,
      "noc_buffer_depth must be at least 4: three places cover a credit's way round, and one is kept back")

  // what arrives, by queue; the packets themselves by source
  noc_pkg::packet_t arriving[router_pkg::Sources];
  logic [Queues-1:0] arrives, store, lost;
  router_pkg::ports_t ports[Queues];
  logic [Ports-1:0] through[Queues];
  router_pkg::hop_t hop[Queues];
  logic [router_pkg::SlotW-1:0] slot[Queues];

  noc_pkg::node_id_t dst[router_pkg::Sources];
  logic [router_pkg::Sources-1:0] comes;
  noc_pkg::route_entry_t entry[router_pkg::Sources];
  noc_pkg::route_exit_t routes;
  logic [router_pkg::Sources-1:0] is_cast;  // to a group of this die
  router_pkg::ports_t group_here[router_pkg::Sources];

  // what is stored
  logic [Queues-1:0] ready, credit, stored;
  logic [Ports-1:0] head_valid[Queues];
  router_pkg::head_t head[Queues][Ports];
  logic [Ports-1:0] grant[Queues];

  // what leaves, by output: the links, then the local node by class
  logic [Queues-1:0] output_grant[Links+2];
  logic [Queues-1:0] output_through[Links+2];
  router_pkg::send_t send[Links+2];
  logic [Links+1:0] sends;
  logic [Links-1:0] leaves_cast;
  router_pkg::group_t leaving_group[Links];
  router_pkg::ports_t group_next[Links];
  router_pkg::ports_t next_ports[Links];

  logic [Links-1:0] link_valid;
  router_pkg::stamp_t header_stamp[Links];
  router_pkg::stamp_t stamp[router_pkg::Sources];
  router_pkg::stamp_t turn[router_pkg::Sources];

  for (genvar i = 0; i < Links; i++) begin : gen_link
    noc_pkg::header_t header;
    logic [router_pkg::NextW-1:0] next;
    logic valid;

    assign valid = link_i[i].valid;
    assign link_valid[i] = valid;
    assign header = link_i[i].packet.header;
    assign arriving[i] = link_i[i].packet;
    assign dst[i] = {header.dst_die, header.dst_y, header.dst_x};
    assign comes[i] = valid;
    assign is_cast[i] = header.cast && header.dst_die == id_i.die;
    assign header_stamp[i] = header.stamp;

    lookahead u_lookahead (
      .at_i(id_i),
      .dst_i(dst[i]),
      .entry_i(entry[i]),
      .exit_i(routes),
      .cast_i(is_cast[i]),
      .group_here_i(group_here[i]),
      .known_i(!edge_i[i]),
      .ports_i(header.ports),
      .ports_o(ports[i]),
      .next_o(next)
    );
    assign hop[i] = '{cast: is_cast[i], next: next, stamp: stamp[i], turn: turn[i]};
    assign ports[Ports+i] = ports[i];
    assign hop[Ports+i] = hop[i];

    for (genvar c = 0; c < 2; c++) begin : gen_class
      assign arrives[c*Ports+i] = valid && header.cls == noc_pkg::class_e'(c);
      assign credit_o[i][c] = credit[c*Ports+i];
    end

    logic unused_header, unused_ready;
    assign unused_header = ^header;
    assign unused_ready = ready[i] ^ ready[Ports+i];

    `TATAMI_ASSERT(NoTurnBack, !valid || !ports[i][i+1])
    `TATAMI_ASSERT(LocalMeansHere,
                   !valid || is_cast[i] || ports[i] == '0 || ports[i][noc_pkg::PortLocal] == (dst[i] == id_i))
    `TATAMI_ASSERT(OneWay, !valid || is_cast[i] || (ports[i] & (ports[i] - 1'b1)) == '0)
  end

  // A packet from the node is held for a cycle, and then arrives like one from a link.
  for (genvar c = 0; c < 2; c++) begin : gen_local
    localparam int unsigned Q = c * Ports + Local;
    noc_pkg::packet_t entering_q;
    logic [router_pkg::NextW-1:0] next;
    logic entering_valid_q;

    assign inject_ready_o[c] = ready[Q];
    assign arrives[Q] = entering_valid_q;
    assign arriving[Links+c] = entering_q;
    assign comes[Links+c] = entering_valid_q;
    assign is_cast[Links+c] = entering_q.header.cast && entering_q.header.dst_die == id_i.die;
    assign dst[Links+c] = {entering_q.header.dst_die, entering_q.header.dst_y, entering_q.header.dst_x};

    always_ff @(posedge clk_i) begin
      if (!rst_ni) entering_valid_q <= 1'b0;
      else entering_valid_q <= inject_valid_i[c] && inject_ready_o[c];
    end

    always_ff @(posedge clk_i) begin
      if (inject_valid_i[c] && inject_ready_o[c]) entering_q <= inject_i[c];
    end

    lookahead u_lookahead (
      .at_i(id_i),
      .dst_i(dst[Links+c]),
      .entry_i(entry[Links+c]),
      .exit_i(routes),
      .cast_i(is_cast[Links+c]),
      .group_here_i(group_here[Links+c]),
      .known_i(1'b0),
      .ports_i('0),
      .ports_o(ports[Q]),
      .next_o(next)
    );
    assign hop[Q] = '{cast: is_cast[Links+c], next: next, stamp: stamp[Links+c], turn: turn[Links+c]};

    logic unused_credit;
    assign unused_credit = credit[Q];

    // The payload's hold is not compared: copying it every cycle would cost more than the router.
    `TATAMI_ASSERT_STREAM(Inject, inject_valid_i[c], inject_ready_o[c], inject_i[c].header)
    `TATAMI_ASSERT_STREAM(Eject, eject_valid_o[c], eject_ready_i[c], eject_o[c].header)
    `TATAMI_ASSERT(InjectClass, !inject_valid_i[c] || inject_i[c].header.cls == noc_pkg::class_e'(c))
    `TATAMI_ASSERT(EjectClass, !eject_valid_o[c] || eject_o[c].header.cls == noc_pkg::class_e'(c))
  end

  for (genvar q = 0; q < Queues; q++) begin : gen_queue
    input_queue #(
      .Depth((q % Ports == Local) ? router_pkg::LocalDepth : cfg_pkg::NocBufferDepth)
    ) u_queue (
      .clk_i,
      .rst_ni,
      .valid_i(arrives[q]),
      .outputs_i(router_pkg::outputs(ports[q])),
      .hop_i(hop[q]),
      .through_i(through[q]),
      .store_o(store[q]),
      .slot_o(slot[q]),
      .ready_o(ready[q]),
      .head_valid_o(head_valid[q]),
      .head_o(head[q]),
      .grant_i(grant[q]),
      .credit_o(credit[q]),
      .busy_o(stored[q])
    );
  end

  // Outputs see the queues the other way round: by output, then by queue.
  for (genvar o = 0; o < Links + 2; o++) begin : gen_output
    localparam int unsigned Port = (o < Links) ? o : Local;
    localparam int unsigned First = (o < Links) ? 0 : (o - Links) * Ports;  // of its queues
    localparam int unsigned Classes = (o < Links) ? 2 : 1;
    logic [Classes*Ports-1:0] wanted, arrives_here, granted, passes;
    router_pkg::head_t wanted_head[Classes*Ports];
    router_pkg::hop_t arriving_hop[Classes*Ports];
    logic [Classes-1:0] freed;

    for (genvar k = 0; k < Classes * Ports; k++) begin : gen_queue
      assign wanted[k] = head_valid[First+k][Port];
      assign wanted_head[k] = head[First+k][Port];
      assign arrives_here[k] = arrives[First+k] && ports[First+k][(Port+1)%Ports];
      assign arriving_hop[k] = hop[First+k];
    end

    if (o < Links) begin : gen_link
      assign freed = credit_i[o];
    end else begin : gen_eject
      assign freed = eject_valid_o[o-Links] && eject_ready_i[o-Links];
    end

    output_port #(
      .Classes(Classes),
      .Places((o < Links) ? cfg_pkg::NocBufferDepth : router_pkg::EjectDepth)
    ) u_output (
      .clk_i,
      .rst_ni,
      .head_valid_i(wanted),
      .head_i(wanted_head),
      .grant_o(granted),
      .arrive_i(arrives_here),
      .arrive_hop_i(arriving_hop),
      .through_o(passes),
      .credit_i(freed),
      .send_o(send[o]),
      .busy_o(sends[o])
    );

    assign output_grant[o] = Queues'(granted) << First;
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
    assign leaves_cast[o] = send[o].select != '0 && send[o].head.hop.cast;
    assign leaving_group[o] = send[o].head.hop.next[router_pkg::GroupW-1:0];
    assign next_ports[o] = send[o].head.hop.cast ? group_next[o] : send[o].head.hop.next[Ports-1:0];
  end

  stamper u_stamper (
    .clk_i,
    .rst_ni,
    .valid_i(link_valid),
    .enters_i(edge_i),
    .stamp_i(header_stamp),
    .local_i({arrives[Ports+Local], arrives[Local]}),
    .stored_i(stored != '0),
    .stamp_o(stamp),
    .turn_o(turn)
  );

  route_table u_routes (
    .clk_i,
    .rst_ni,
    .write_i(route_write_i),
    .read_i(comes),
    .dst_i(dst),
    .die_i(id_i.die),
    .entry_o(entry),
    .exit_o(routes)
  );

  group_table u_groups (
    .clk_i,
    .rst_ni,
    .write_i(route_write_i),
    .enter_i(comes & is_cast),
    .dst_i(dst),
    .here_o(group_here),
    .leave_i(leaves_cast),
    .group_i(leaving_group),
    .next_o(group_next)
  );

  // A packet without a way gives its place back at once.
  always_comb begin
    for (int unsigned q = 0; q < Queues; q++) lost[q] = arrives[q] && ports[q] == '0;
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      lost_o <= 1'b0;
      lost_dst_o <= '0;
    end else if (lost != '0 && !lost_o) begin
      lost_o <= 1'b1;
      for (int unsigned q = 0; q < Queues; q++) begin
        if (lost[q]) lost_dst_o <= '{cast: is_cast[router_pkg::source(q)], dst: dst[router_pkg::source(q)]};
      end
    end
  end

  crossbar u_crossbar (
    .clk_i,
    .rst_ni,
    .arriving_i(arriving),
    .store_i(store),
    .store_slot_i(slot),
    .send_i(send),
    .next_ports_i(next_ports),
    .link_o,
    .eject_valid_o,
    .eject_ready_i,
    .eject_o
  );

  assign busy_o = stored != '0 || sends != '0 || arrives[Local] || arrives[Ports+Local] || inject_valid_i != '0 ||
                  route_write_i.entry || route_write_i.exit || route_write_i.group ||
                  eject_valid_o != '0 || link_o[0].valid || link_o[1].valid || link_o[2].valid || link_o[3].valid;
endmodule : router
