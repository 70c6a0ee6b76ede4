// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Mesh router: four links, and one local port per traffic class.
///
/// Latency: a packet that is visible on `link_i` in one cycle is on `link_o` in the next, when nothing is in its way.
/// From the handshake at `inject` to `eject_valid_o`: the number of hops + 2 cycles. Throughput: 1 packet per cycle
/// and output. Each class has its own queue at every input (`NocBufferDepth` places on a link, 2 at the local port),
/// its own credits and its own exit, so that one never waits for the other except for a turn on a link that both can
/// use.
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

  /// What control knows of a packet.
  typedef struct packed {
    noc_pkg::port_e port;       // to take here
    noc_pkg::port_e next_port;  // to take at the next node
  } hop_t;

  logic [Queues-1:0] head_valid, stored, put, pop;
  hop_t head[Queues];
  logic [Queues-1:0] link_select[Links];
  noc_pkg::port_e link_port[Links];
  logic [Inputs-1:0] eject_select[2];
  logic [1:0] eject_space;

  for (genvar i = 0; i < Links; i++) begin : gen_input
    noc_pkg::header_t header;
    noc_pkg::node_id_t dst;
    hop_t hop;
    logic valid;

    assign valid = link_i[i].valid;
    assign header = link_i[i].packet.header;
    assign dst = {header.dst_die, header.dst_y, header.dst_x};

    // Only a packet that comes over the die's edge has not been routed by the node before.
    lookahead u_lookahead (
      .at_i(id_i),
      .known_i(!(i == West && id_i.x == 5'd0)),
      .port_i(header.port),
      .dst_i(dst),
      .port_o(hop.port),
      .next_port_o(hop.next_port)
    );

    for (genvar c = 0; c < 2; c++) begin : gen_class
      localparam int unsigned Q = c * Inputs + i;
      logic arrives;

      assign arrives = valid && header.cls == noc_pkg::class_e'(c);

      bypass_fifo #(
        .data_t(hop_t),
        .Depth(cfg_pkg::NocBufferDepth)
      ) u_queue (
        .clk_i,
        .rst_ni,
        .valid_i(arrives),
        .data_i(hop),
        .valid_o(head_valid[Q]),
        .ready_i(pop[Q]),
        .data_o(head[Q]),
        .stored_o(stored[Q])
      );
      assign put[Q] = arrives && (stored[Q] || !pop[Q]);

      always_ff @(posedge clk_i) begin
        if (!rst_ni) credit_o[i][c] <= 1'b0;
        else credit_o[i][c] <= pop[Q];
      end
    end

    logic unused_header;
    assign unused_header = ^header;

    `TATAMI_ASSERT(PortLegal, !valid || hop.port <= noc_pkg::PortWest)
    `TATAMI_ASSERT(NoTurnBack, !valid || int'(hop.port) != i + 1)
    `TATAMI_ASSERT(LocalMeansHere, !valid || (hop.port == noc_pkg::PortLocal) == (dst == id_i))
  end

  for (genvar c = 0; c < 2; c++) begin : gen_local
    localparam int unsigned Q = c * Inputs + Links;
    noc_pkg::header_t header;
    hop_t hop;
    logic [Inputs-1:0] eject_req;

    assign header = inject_i[c].header;

    lookahead u_lookahead (
      .at_i(id_i),
      .known_i(1'b0),
      .port_i(noc_pkg::PortLocal),
      .dst_i({header.dst_die, header.dst_y, header.dst_x}),
      .port_o(hop.port),
      .next_port_o(hop.next_port)
    );

    fifo #(
      .data_t(hop_t),
      .Depth(LocalDepth)
    ) u_queue (
      .clk_i,
      .rst_ni,
      .valid_i(inject_valid_i[c]),
      .ready_o(inject_ready_o[c]),
      .data_i(hop),
      .valid_o(stored[Q]),
      .ready_i(pop[Q]),
      .data_o(head[Q])
    );
    assign head_valid[Q] = stored[Q];
    assign put[Q] = inject_valid_i[c] && inject_ready_o[c];

    for (genvar i = 0; i < Inputs; i++) begin : gen_request
      assign eject_req[i] = eject_space[c] && head_valid[c*Inputs+i] && head[c*Inputs+i].port == noc_pkg::PortLocal;
    end

    rr_arbiter #(
      .Inputs(Inputs)
    ) u_arbiter (
      .clk_i,
      .rst_ni,
      .req_i(eject_req),
      .gnt_o(eject_select[c]),
      .advance_i(eject_req != '0)
    );

    logic unused_header;
    assign unused_header = ^header;

    // The payload's hold is not compared: copying it every cycle would cost more than the router.
    `TATAMI_ASSERT_STREAM(Inject, inject_valid_i[c], inject_ready_o[c], inject_i[c].header)
    `TATAMI_ASSERT_STREAM(Eject, eject_valid_o[c], eject_ready_i[c], eject_o[c].header)
    `TATAMI_ASSERT(InjectClass, !inject_valid_i[c] || inject_i[c].header.cls == noc_pkg::class_e'(c))
    `TATAMI_ASSERT(EjectClass, !eject_valid_o[c] || eject_o[c].header.cls == noc_pkg::class_e'(c))
  end

  for (genvar o = 0; o < Links; o++) begin : gen_output
    logic [Queues-1:0] req;

    for (genvar q = 0; q < Queues; q++) begin : gen_request
      assign req[q] = head_valid[q] && head[q].port == noc_pkg::port_e'(o + 1);
    end

    link_arbiter #(
      .Inputs(Inputs)
    ) u_arbiter (
      .clk_i,
      .rst_ni,
      .req_i(req),
      .gnt_o(link_select[o]),
      .credit_i(credit_i[o])
    );

    always_comb begin
      link_port[o] = noc_pkg::PortLocal;
      for (int unsigned q = 0; q < Queues; q++) begin
        if (link_select[o][q]) link_port[o] = head[q].next_port;
      end
    end
  end

  assign pop = link_select[0] | link_select[1] | link_select[2] | link_select[3] | {eject_select[1], eject_select[0]};

  crossbar #(
    .LocalDepth(LocalDepth)
  ) u_crossbar (
    .clk_i,
    .rst_ni,
    .link_i,
    .inject_i,
    .stored_i(stored),
    .put_i(put),
    .take_i(pop & stored),
    .link_select_i(link_select),
    .link_port_i(link_port),
    .link_o,
    .eject_select_i(eject_select),
    .eject_space_o(eject_space),
    .eject_valid_o,
    .eject_ready_i,
    .eject_o
  );

  assign busy_o = stored != '0 || inject_valid_i != '0 || eject_valid_o != '0 || credit_o != '0 ||
                  link_o[0].valid || link_o[1].valid || link_o[2].valid || link_o[3].valid;

  `TATAMI_ASSERT(PopOnlyHeads, (pop & ~head_valid) == '0)
endmodule : router
