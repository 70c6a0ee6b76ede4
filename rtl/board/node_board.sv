// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Top of a board: one node behind a serial line. A frame is a packet, 64 bytes of payload and then the header, least
/// significant byte first.
///
/// Frames from the host enter by the node's west link, as packets of the host do, each when it has a credit. Packets for the host's
/// die leave by the same link, wait here as long as the line needs, and give their credit back then.
/// The clocks are not gated: sleep changes no result.
module node_board #(
  /// Clock cycles of a bit of the serial line: 25 MHz and 1 MBd.
  parameter int unsigned ClocksPerBit = 25
) (
  input  logic       clk_i,
  input  logic       rst_ni,  // a button
  input  logic       rx_i,
  output logic       tx_o,
  // from bit 0: out of reset, the node works, the last frame was refused, a thread has faulted, an error is recorded
  output logic [7:0] led_o
);
  localparam int unsigned West = 3;  // of the links
  localparam int unsigned Depth = cfg_pkg::NocBufferDepth;
  localparam int unsigned CreditW = $clog2(Depth + 1);

  logic [1:0] reset_q;
  logic rst_n, valid, ready, refused, send_valid, send_ready;
  noc_pkg::packet_t received, send;
  noc_pkg::link_t [3:0] link_in, link_out;
  logic [3:0][1:0] credit_in, credit_out;
  logic [1:0][CreditW-1:0] credits_q;
  logic [63:0] time_q;
  logic router_busy, core_busy, fifo_ready, unused;
  core_pkg::thread_status_t [cfg_pkg::Threads-1:0] status;
  node_pkg::errors_t errors;
  sram_pkg::errors_t memory;
  rvfi_pkg::rvfi_t [rvfi_pkg::Channels-1:0] rvfi;

  initial reset_q = '0;  // the device starts in reset: before it, registers may hold anything
  always_ff @(posedge clk_i) reset_q <= {reset_q[0], rst_ni};
  assign rst_n = reset_q[1];

  serial_port #(
    .ClocksPerBit(ClocksPerBit)
  ) u_serial (
    .clk_i,
    .rst_ni  (rst_n),
    .rx_i,
    .tx_o,
    .valid_o (valid),
    .ready_i (ready),
    .refuse_i(1'b0),
    .frame_o (received),
    .refused_o(refused),
    .valid_i (send_valid),
    .ready_o (send_ready),
    .frame_i (send)
  );

  // From the host.
  assign ready = credits_q[received.header.cls] != '0;

  always_ff @(posedge clk_i) begin
    for (int unsigned c = 0; c < 2; c++) begin
      if (!rst_n) credits_q[c] <= CreditW'(Depth);
      else
        credits_q[c] <= credits_q[c] + CreditW'(credit_out[West][c]) -
            CreditW'(valid && ready && received.header.cls == noc_pkg::class_e'(c));
    end
  end

  always_comb begin
    link_in = '0;
    link_in[West] = '{valid: valid && ready, packet: received};
  end

  // To the host: no more packets come than the node has credits, and each gives its own back when it leaves.
  always_comb begin
    credit_in = '0;
    credit_in[West][send.header.cls] = send_valid && send_ready;
  end

  fifo #(
    .data_t(noc_pkg::packet_t),
    .Depth (2 * Depth)
  ) u_fifo (
    .clk_i,
    .rst_ni (rst_n),
    .valid_i(link_out[West].valid),
    .ready_o(fifo_ready),
    .data_i (link_out[West].packet),
    .valid_o(send_valid),
    .ready_i(send_ready),
    .data_o (send)
  );

  always_ff @(posedge clk_i) begin
    time_q <= rst_n ? time_q + 1'b1 : '0;
  end

  node u_node (
    .clk_router_i(clk_i),
    .clk_core_i  (clk_i),
    .rst_ni      (rst_n),
    .id_i        ('0),
    .edge_i      (4'b1000),  // west
    .time_i      (time_q),
    .link_i      (link_in),
    .link_o      (link_out),
    .credit_i    (credit_in),
    .credit_o    (credit_out),
    .router_busy_o(router_busy),
    .core_busy_o (core_busy),
    .rvfi_o      (rvfi),
    .status_o    (status),
    .errors_o    (errors),
    .memory_o    (memory)
  );
  // LEDs.
  logic [cfg_pkg::Threads-1:0] faulted;

  for (genvar t = 0; t < cfg_pkg::Threads; t++) begin : gen_thread
    assign faulted[t] = status[t].state == core_pkg::ThreadFaulted;
  end

  assign led_o = {
    3'b0,
    errors.lost || errors.get_fault || errors.uncorrectable || errors.overflow || errors.malformed,
    faulted != '0,
    refused,
    core_busy,
    rst_n
  };
  assign unused = ^{link_out, credit_out, router_busy, rvfi, status, errors, memory, fifo_ready};

  `TATAMI_ASSERT(Space, !link_out[West].valid || fifo_ready)
endmodule : node_board
