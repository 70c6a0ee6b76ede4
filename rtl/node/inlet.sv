// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// What arrives at a node: puts become SRAM writes, control packets posts, thread starts, routes and inverted bits of the
/// SRAM, gets work for the engine.
///
/// Latency: a write, post-only put or control packet is accepted in one cycle and acts in the next one at the
/// earliest.
/// Throughput: 1 packet per cycle; the classes take turns when both have one.
/// Order: accepted packets take effect in the order of acceptance. A post, a start or a get is released only when
/// every write accepted before it is done.
/// Handshake: `eject_ready_o` depends on `eject_valid_i` (it is the arbiter's grant). Posts, starts and routes have no
/// back-pressure. `wr_done_i` comes once per accepted write, in order. While a get waits for the engine, a second one
/// holds up the requests behind it; responses never wait for a get.
/// Errors: a malformed packet (see packet_check) is dropped and raises `error_valid_o` in the cycle in which it is dropped.
module inlet (
  input  logic                       clk_i,
  input  logic                       rst_ni,
  // from the router, per class
  input  logic [1:0]                 eject_valid_i,
  output logic [1:0]                 eject_ready_o,
  input  noc_pkg::packet_t [1:0]     eject_i,
  // SRAM write port
  output logic                       wr_valid_o,
  input  logic                       wr_ready_i,
  output sram_pkg::write_req_t       wr_o,
  input  logic                       wr_done_i,
  // semaphore post
  output logic                       post_valid_o,
  output logic [5:0]                 post_sem_o,
  output logic [15:0]                post_value_o,
  output noc_pkg::node_id_t          post_src_o,  // who sent it
  // thread start
  output logic                       start_valid_o,
  output logic [1:0]                 start_thread_o,
  output logic [63:0]                start_pc_o,
  // routes, to the router
  output router_pkg::route_write_t   route_write_o,
  // gets, to the transfer engine
  output logic                       get_valid_o,
  input  logic                       get_ready_i,
  output noc_pkg::descriptor_t       get_o,
  // a malformed packet was dropped
  output logic                       error_valid_o,
  output noc_pkg::header_t           error_header_o,
  // the clock must run in the next cycle
  output logic                       busy_o
);
  localparam int unsigned Depth = 8;  // covers the SRAM's write latency at one packet per cycle
  localparam int unsigned CountW = $clog2(Depth + 1);

  typedef enum logic [2:0] {
    ActNone,
    ActPost,
    ActStart,
    ActGet,
    ActRoute,
    ActExit,
    ActGroup
  } action_e;

  /// What happens when all earlier writes, and the packet's own, are done.
  typedef struct packed {
    logic writes;
    action_e action;
    logic [9:0] index;  // semaphore, thread, node or group
    logic [63:0] value;  // of a post: a post_t
  } effect_t;

  typedef struct packed {
    logic [17:0] unused;
    noc_pkg::node_id_t src;
    logic [15:0] count;
  } post_t;

  logic [1:0] legal, is_sem, is_route, is_exit, is_group, is_flip, writes, wants, gnt;
  noc_pkg::packet_t heads[2];
  noc_pkg::packet_t packet;
  sram_pkg::write_req_t write;
  logic take, take_legal, take_write, take_flip, take_get;
  logic wr_space, get_busy_q;
  effect_t push, head;
  post_t post, head_post;
  logic queue_ready, head_valid, head_done, pop;
  logic [CountW-1:0] dones_q;  // writes that are done but whose entry is not yet at the head

  for (genvar c = 0; c < 2; c++) begin : gen_class
    noc_pkg::header_t header;
    logic space;

    assign heads[c] = eject_i[c];
    assign header = eject_i[c].header;

    packet_check u_check (
      .header_i(header),
      .value_i(eject_i[c].payload[63:16]),
      .key_i(eject_i[c].payload[127:72] == noc_pkg::CtrlFlipKey),
      .is_sem_o(is_sem[c]),
      .is_route_o(is_route[c]),
      .is_exit_o(is_exit[c]),
      .is_group_o(is_group[c]),
      .is_flip_o(is_flip[c]),
      .legal_o(legal[c])
    );

    // A flip goes the way of puts, so that it keeps its place among them.
    assign writes[c] = legal[c] && ((header.op == noc_pkg::OpPut && header.len != 7'd0) ||
                                    (header.op == noc_pkg::OpCtrl && is_flip[c]));

    always_comb begin
      space = 1'b1;
      if (writes[c]) space = wr_space;
      if (legal[c] && header.op == noc_pkg::OpGet) space = !get_busy_q;
    end

    assign wants[c] = eject_valid_i[c] && queue_ready && space;

    `TATAMI_ASSERT_STREAM(Eject, eject_valid_i[c], eject_ready_o[c], eject_i[c])
  end

  rr_arbiter #(
    .Inputs(2)
  ) u_arbiter (
    .clk_i,
    .rst_ni,
    .req_i(wants),
    .gnt_o(gnt),
    .advance_i(take)
  );

  onehot_mux #(
    .data_t(noc_pkg::packet_t),
    .Inputs(2)
  ) u_mux (
    .sel_i(gnt),
    .data_i(heads),
    .data_o(packet)
  );

  assign eject_ready_o = gnt;
  assign take = gnt != '0;
  assign take_legal = (gnt & legal) != '0;
  assign take_write = (gnt & writes) != '0;
  assign take_flip = take_write && packet.header.op == noc_pkg::OpCtrl;
  assign take_get = take_legal && packet.header.op == noc_pkg::OpGet;
  assign error_valid_o = take && !take_legal;
  assign error_header_o = packet.header;

  // SRAM writes; the router does not see whether the SRAM takes one in this cycle.
  always_comb begin
    for (int unsigned i = 0; i < sram_pkg::Words; i++) begin
      write.en[i] = 7'(i) < (packet.header.len >> 3);
      write.addr[i] = packet.header.addr[sram_pkg::ByteAddrW-1:3] + sram_pkg::WordAddrW'(i);
    end
    write.data = packet.payload;
    write.strb = '1;
    write.flip = take_flip;
    if (take_flip) begin
      // The control register's offset is the word's address.
      write.en = sram_pkg::Words'(1);
      write.strb = (8 * sram_pkg::Words)'(packet.payload[71:64]);
    end
  end

  fifo #(
    .data_t(sram_pkg::write_req_t),
    .Depth(2)
  ) u_writes (
    .clk_i,
    .rst_ni,
    .valid_i(take_write),
    .ready_o(wr_space),
    .data_i(write),
    .valid_o(wr_valid_o),
    .ready_i(wr_ready_i),
    .data_o(wr_o)
  );

  // Effects wait for the writes before them.
  always_comb begin
    push = '0;
    push.writes = take_write;
    push.index = 10'(packet.header.sem);
    push.value = packet.payload[63:0];
    post = '0;
    post.src = {packet.header.src_die, packet.header.src_y, packet.header.src_x};
    post.count = (packet.header.op == noc_pkg::OpPut) ? 16'd1 : packet.payload[15:0];
    unique case (packet.header.op)
      noc_pkg::OpPut: begin
        push.action = packet.header.post ? ActPost : ActNone;
      end
      noc_pkg::OpGet: push.action = ActGet;
      default: begin
        if (take_flip) push.action = ActNone;
        else if ((gnt & is_sem) != '0) push.action = ActPost;
        else if ((gnt & is_route) != '0) push.action = ActRoute;
        else if ((gnt & is_exit) != '0) push.action = ActExit;
        else if ((gnt & is_group) != '0) push.action = ActGroup;
        else push.action = ActStart;
        push.index = packet.header.addr[12:3];
      end
    endcase
    if (push.action == ActPost) push.value = post;
  end

  head_fifo #(
    .data_t(effect_t),
    .Depth(Depth)
  ) u_effects (
    .clk_i,
    .rst_ni,
    .valid_i(take_legal),
    .ready_o(queue_ready),
    .data_i(push),
    .valid_o(head_valid),
    .ready_i(head_done),
    .data_o(head)
  );

  assign head_done = !head.writes || wr_done_i || dones_q != '0;
  assign pop = head_valid && head_done;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) dones_q <= '0;
    else if (wr_done_i != (pop && head.writes)) dones_q <= wr_done_i ? dones_q + 1'b1 : dones_q - 1'b1;
  end

  assign post_valid_o = pop && head.action == ActPost;
  assign post_sem_o = head.index[5:0];
  assign head_post = post_t'(head.value);
  assign post_value_o = head_post.count;
  assign post_src_o = head_post.src;
  assign start_valid_o = pop && head.action == ActStart;
  assign start_thread_o = head.index[1:0];
  assign start_pc_o = head.value;

  always_comb begin
    route_write_o = '0;
    if (pop && head.action inside {ActRoute, ActExit, ActGroup}) begin
      route_write_o.entry = head.action == ActRoute;
      route_write_o.exit = head.action == ActExit;
      route_write_o.group = head.action == ActGroup;
      route_write_o.index = head.index;
      route_write_o.data = head.value[$bits(route_write_o.data)-1:0];
    end
  end

  // One get at a time.
  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      get_busy_q  <= 1'b0;
      get_valid_o <= 1'b0;
    end else begin
      if (take_get) get_busy_q <= 1'b1;
      if (pop && head.action == ActGet) get_valid_o <= 1'b1;
      if (get_valid_o && get_ready_i) begin
        get_busy_q  <= 1'b0;
        get_valid_o <= 1'b0;
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (take_get) get_o <= noc_pkg::descriptor_t'(packet.payload);
  end

  assign busy_o = eject_valid_i != '0 || wr_valid_o || head_valid || get_busy_q;

  logic unused_post;
  assign unused_post = ^head_post.unused;

  `TATAMI_ASSERT_STREAM(Write, wr_valid_o, wr_ready_i, wr_o)
  `TATAMI_ASSERT_STREAM(Get, get_valid_o, get_ready_i, get_o)
  `TATAMI_ASSERT(DoneForWrite, !wr_done_i || head_valid)
  `TATAMI_ASSERT(DonesBound, dones_q <= CountW'(Depth))
endmodule : inlet
