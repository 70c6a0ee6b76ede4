// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Top of an FPGA board: the matrix unit behind a serial line (docs/fpga.md, "The board").
///
/// A frame is a step on an accumulator tile, or asks for a part of one, which comes back as a frame. What is no step or read-out
/// of this matrix unit is refused and has no effect. Frames take so long that a step is done before the next one can come.
module matrix_board #(
  /// Clock cycles of a bit of the serial line: 25 MHz and 1 MBd.
  parameter int unsigned ClocksPerBit = 25
) (
  input  logic       clk_i,
  input  logic       rst_ni,  // a button
  input  logic       rx_i,
  output logic       tx_o,
  // from bit 0: out of reset, an answer is on its way, the last frame was refused
  output logic [7:0] led_o
);
  localparam int unsigned Width = cfg_pkg::SimdWidth;
  localparam int unsigned Tiles = cfg_pkg::Threads * cfg_pkg::Accumulators;

  `TATAMI_ASSERT_STATIC(
      Operands, 2 * Width == 512,
      "matrix_board: a frame holds two registers of 32 bytes: take a configuration with simd_bytes = 32")

  /// The last 16 bytes of a frame, first byte lowest; before them stand the registers A and B.
  typedef struct packed {
    logic [63:0] unused;
    fmt_pkg::descriptor_t b;
    fmt_pkg::descriptor_t a;
    logic spare;
    isa_pkg::tile_t tile;     // how A and B lie in their registers
    logic [7:0] flags;        // from bit 0: first, write, part (2 bits), BF16
    logic [7:0] target;       // number of the accumulator tile
    logic [7:0] kind;
  } command_t;

  localparam logic [7:0] Step = 8'd0;
  localparam logic [7:0] Read = 8'd1;

  logic [1:0] reset_q;
  logic rst_n, valid, ready, refuse, step, read, reply_valid_q, reply_ready, refused, read_valid;
  frame_pkg::frame_t frame;
  command_t command;
  matrix_pkg::target_t target;
  logic [Width-1:0] read_data, reply_q;

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
    .refuse_i(refuse),
    .frame_o (frame),
    .refused_o(refused),
    .valid_i (reply_valid_q),
    .ready_o (reply_ready),
    .frame_i (frame_pkg::frame_t'(reply_q))
  );

  // Commands.
  logic formats, write, done_valid, busy, unused;
  matrix_pkg::target_t done;
  logic [6:0] read_tag;

  assign command = frame[8*frame_pkg::Bytes-1:512];
  assign write = command.flags[1];
  assign target = '{thread: cfg_pkg::ThreadW'(command.target / 8'(cfg_pkg::Accumulators)),
                    acc: 3'(command.target % 8'(cfg_pkg::Accumulators))};
  assign formats = fmt_pkg::legal(command.a) && fmt_pkg::legal(command.b) &&
      dot_pkg::multiplies(command.a.kind, command.b.kind);
  assign refuse = command.target >= 8'(Tiles) || command.kind > Read || (command.kind == Step && !write && !formats);
  assign ready = !reply_valid_q;
  assign step = valid && ready && !refuse && command.kind == Step;
  assign read = valid && ready && !refuse && command.kind == Read;

  matrix_unit u_matrix (
    .clk_i,
    .rst_ni(rst_n),
    .valid_i(step),
    .step_i('{
            target: target,
            first: command.flags[0],
            write: write,
            part: command.flags[3:2],
            tile: command.tile,
            a: command.a,
            b: command.b
        }),
    .a_i(Width'(frame[255:0])),
    .b_i(Width'(frame[511:256])),
    .done_valid_o(done_valid),
    .done_o(done),
    .read_valid_i(read),
    .read_i('{target: target, part: command.flags[3:2], bf16: command.flags[4], tag: '0}),
    .read_valid_o(read_valid),
    .read_tag_o(read_tag),
    .read_data_o(read_data),
    .busy_o(busy)
  );

  assign unused = ^{command, done_valid, done, read_tag, busy};

  // The answer to a read-out.
  always_ff @(posedge clk_i) begin
    if (!rst_n) reply_valid_q <= 1'b0;
    else if (read_valid) reply_valid_q <= 1'b1;
    else if (reply_ready) reply_valid_q <= 1'b0;
  end

  always_ff @(posedge clk_i) begin
    if (read_valid) reply_q <= read_data;
  end

  assign led_o = {5'b0, refused, reply_valid_q, rst_n};
endmodule : matrix_board
