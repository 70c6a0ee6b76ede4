// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Mesh router: four links, and one local port per traffic class.
///
/// Latency: a packet that is visible on `link_i` in one cycle is on `link_o` in the next, when nothing is in its way. From
/// the handshake at `inject` to `eject_valid_o`: the number of hops + 2 cycles. Throughput: 1 packet per cycle and output.
/// Each class has its own queue at every input (`NocBufferDepth` places on a link, 2 at the local port), its own credits
/// and its own exit, so that one never waits for the other except for a turn on a link that both can use.
/// Order: packets of one class between two nodes stay in order, as there is one path and one queue per input.
/// Handshake: links by credits (`credit_o`: a place became free); inject and eject by valid/ready. All outputs are
/// registers or a function of fill levels. `id_i` must not change outside reset.
module router (
  input  logic                     clk_i,
  input  logic                     rst_ni,
  input  noc_pkg::node_id_t        id_i,
  // links: north, east, south, west (port - 1)
  input  noc_pkg::link_t [3:0]     link_i,
  output noc_pkg::link_t [3:0]     link_o,
  input  logic [3:0][1:0]          credit_i,
  output logic [3:0][1:0]          credit_o,
  // from the local node, per class; header.port is filled in here
  input  logic [1:0]               inject_valid_i,
  output logic [1:0]               inject_ready_o,
  input  noc_pkg::packet_t [1:0]   inject_i,
  // to the local node, per class
  output logic [1:0]               eject_valid_o,
  input  logic [1:0]               eject_ready_i,
  output noc_pkg::packet_t [1:0]   eject_o,
  // the clock must run in the next cycle
  output logic                     busy_o
);
  localparam int unsigned Links = 4;
  localparam int unsigned Inputs = Links + 1;  // the last one is the local node
  localparam int unsigned Queues = 2 * Inputs;
  localparam int unsigned LocalDepth = 2;
  localparam int unsigned West = 3;

  `TATAMI_ASSERT_STATIC(BufferDepth, cfg_pkg::NocBufferDepth >= 3,
                        "noc_buffer_depth must be at least 3: a credit takes three cycles to come round")

  typedef struct packed {
    noc_pkg::port_e port;      // to take here
    noc_pkg::packet_t packet;  // its header holds the port to take at the next node
  } item_t;

  logic [Queues-1:0] head_valid, head_stored, pop;
  item_t head[Queues];
  logic [Queues-1:0] link_gnt[Links];
  logic [Queues-1:0] eject_gnt;
  logic [1:0] eject_space;

  for (genvar i = 0; i < Links; i++) begin : gen_input
    noc_pkg::node_id_t dst;
    noc_pkg::port_e port, next_port;
    item_t item;

    assign dst = {link_i[i].packet.header.dst_die, link_i[i].packet.header.dst_y, link_i[i].packet.header.dst_x};

    // Only a packet that comes over the die's edge has not been routed by the node before.
    lookahead u_lookahead (
      .at_i(id_i),
      .known_i(!(i == West && id_i.x == 5'd0)),
      .port_i(link_i[i].packet.header.port),
      .dst_i(dst),
      .port_o(port),
      .next_port_o(next_port)
    );

    always_comb begin
      item = '0;
      if (link_i[i].valid) begin
        item.port = port;
        item.packet = link_i[i].packet;
        item.packet.header.port = next_port;
      end
    end

    for (genvar c = 0; c < 2; c++) begin : gen_class
      localparam int unsigned Q = c * Inputs + i;

      bypass_fifo #(
        .data_t(item_t),
        .Depth(cfg_pkg::NocBufferDepth)
      ) u_queue (
        .clk_i,
        .rst_ni,
        .valid_i(link_i[i].valid && link_i[i].packet.header.cls == noc_pkg::class_e'(c)),
        .data_i(item),
        .valid_o(head_valid[Q]),
        .ready_i(pop[Q]),
        .data_o(head[Q]),
        .stored_o(head_stored[Q])
      );

      always_ff @(posedge clk_i) begin
        if (!rst_ni) credit_o[i][c] <= 1'b0;
        else credit_o[i][c] <= pop[Q];
      end
    end

    `TATAMI_ASSERT(PortLegal, !link_i[i].valid || port <= noc_pkg::PortWest)
    `TATAMI_ASSERT(NoTurnBack, !link_i[i].valid || int'(port) != i + 1)
    `TATAMI_ASSERT(LocalMeansHere, !link_i[i].valid || (port == noc_pkg::PortLocal) == (dst == id_i))
  end

  for (genvar c = 0; c < 2; c++) begin : gen_local
    localparam int unsigned Q = c * Inputs + Links;
    noc_pkg::port_e port, next_port;
    item_t item, delivered;
    logic [Inputs-1:0] eject_req;

    lookahead u_lookahead (
      .at_i(id_i),
      .known_i(1'b0),
      .port_i(noc_pkg::PortLocal),
      .dst_i({inject_i[c].header.dst_die, inject_i[c].header.dst_y, inject_i[c].header.dst_x}),
      .port_o(port),
      .next_port_o(next_port)
    );

    always_comb begin
      item = '0;
      if (inject_valid_i[c]) begin
        item.port = port;
        item.packet = inject_i[c];
        item.packet.header.port = next_port;
      end
    end

    fifo #(
      .data_t(item_t),
      .Depth(LocalDepth)
    ) u_inject (
      .clk_i,
      .rst_ni,
      .valid_i(inject_valid_i[c]),
      .ready_o(inject_ready_o[c]),
      .data_i(item),
      .valid_o(head_valid[Q]),
      .ready_i(pop[Q]),
      .data_o(head[Q])
    );
    assign head_stored[Q] = head_valid[Q];

    for (genvar i = 0; i < Inputs; i++) begin : gen_request
      assign eject_req[i] = eject_space[c] && head_valid[c*Inputs+i] && head[c*Inputs+i].port == noc_pkg::PortLocal;
    end

    rr_arbiter #(
      .Inputs(Inputs)
    ) u_arbiter (
      .clk_i,
      .rst_ni,
      .req_i(eject_req),
      .gnt_o(eject_gnt[c*Inputs+:Inputs]),
      .advance_i(eject_req != '0)
    );

    onehot_mux #(
      .data_t(item_t),
      .Inputs(Inputs)
    ) u_mux (
      .sel_i(eject_gnt[c*Inputs+:Inputs]),
      .data_i(head[c*Inputs+:Inputs]),
      .data_o(delivered)
    );

    fifo #(
      .data_t(noc_pkg::packet_t),
      .Depth(LocalDepth)
    ) u_eject (
      .clk_i,
      .rst_ni,
      .valid_i(eject_req != '0),
      .ready_o(eject_space[c]),
      .data_i(delivered.packet),
      .valid_o(eject_valid_o[c]),
      .ready_i(eject_ready_i[c]),
      .data_o(eject_o[c])
    );

    logic unused_port;
    assign unused_port = ^delivered.port;

    `TATAMI_ASSERT_STREAM(Inject, inject_valid_i[c], inject_ready_o[c], inject_i[c])
    `TATAMI_ASSERT_STREAM(Eject, eject_valid_o[c], eject_ready_i[c], eject_o[c])
    `TATAMI_ASSERT(InjectClass, !inject_valid_i[c] || inject_i[c].header.cls == noc_pkg::class_e'(c))
    `TATAMI_ASSERT(EjectClass, !eject_valid_o[c] || eject_o[c].header.cls == noc_pkg::class_e'(c))
  end

  for (genvar o = 0; o < Links; o++) begin : gen_output
    logic [Queues-1:0] req;

    for (genvar q = 0; q < Queues; q++) begin : gen_request
      assign req[q] = head_valid[q] && head[q].port == noc_pkg::port_e'(o + 1);
    end

    link_output #(
      .item_t(item_t),
      .Inputs(Inputs)
    ) u_output (
      .clk_i,
      .rst_ni,
      .req_i(req),
      .head_i(head),
      .gnt_o(link_gnt[o]),
      .credit_i(credit_i[o]),
      .link_o(link_o[o])
    );
  end

  assign pop = link_gnt[0] | link_gnt[1] | link_gnt[2] | link_gnt[3] | eject_gnt;

  assign busy_o = head_stored != '0 || inject_valid_i != '0 || eject_valid_o != '0 || credit_o != '0 ||
                  link_o[0].valid || link_o[1].valid || link_o[2].valid || link_o[3].valid;

  `TATAMI_ASSERT(PopOnlyHeads, (pop & ~head_valid) == '0)
endmodule : router
