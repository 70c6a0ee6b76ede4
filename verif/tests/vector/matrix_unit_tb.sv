// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The matrix unit, and its shape for the test.
module matrix_unit_tb (
  input  logic                          clk_i,
  input  logic                          rst_ni,
  input  logic                          valid_i,
  input  logic [cfg_pkg::ThreadW-1:0]   thread_i,
  input  logic [2:0]                    acc_i,
  input  logic                          first_i,
  input  logic                          write_i,
  input  logic [1:0]                    part_i,
  input  logic [6:0]                    tile_i,
  input  logic [15:0]                   a_format_i,
  input  logic [15:0]                   b_format_i,
  input  logic [cfg_pkg::SimdWidth-1:0] a_i,
  input  logic [cfg_pkg::SimdWidth-1:0] b_i,
  output logic                          done_valid_o,
  output logic [cfg_pkg::ThreadW-1:0]   done_thread_o,
  output logic [2:0]                    done_acc_o,
  input  logic                          read_valid_i,
  input  logic [cfg_pkg::ThreadW-1:0]   read_thread_i,
  input  logic [2:0]                    read_acc_i,
  input  logic [1:0]                    read_part_i,
  input  logic                          read_bf16_i,
  input  logic [6:0]                    read_tag_i,
  output logic                          read_valid_o,
  output logic [6:0]                    read_tag_o,
  output logic [cfg_pkg::SimdWidth-1:0] read_data_o,
  output logic                          busy_o,
  output logic [31:0]                   threads_o,
  output logic [31:0]                   accumulators_o,
  output logic [31:0]                   rows_o,
  output logic [31:0]                   cols_o,
  output logic [31:0]                   simd_bytes_o
);
  matrix_pkg::step_t step;
  matrix_pkg::read_t read;
  matrix_pkg::target_t done;

  assign step = '{
          target: '{thread: thread_i, acc: acc_i},
          first: first_i,
          write: write_i,
          part: part_i,
          tile: isa_pkg::tile_t'(tile_i),
          a: fmt_pkg::descriptor_t'(a_format_i),
          b: fmt_pkg::descriptor_t'(b_format_i)
      };
  assign read = '{
          target: '{thread: read_thread_i, acc: read_acc_i},
          part: read_part_i,
          bf16: read_bf16_i,
          tag: read_tag_i
      };

  matrix_unit u_dut (
    .clk_i,
    .rst_ni,
    .valid_i,
    .step_i(step),
    .a_i,
    .b_i,
    .done_valid_o,
    .done_o(done),
    .read_valid_i,
    .read_i(read),
    .read_valid_o,
    .read_tag_o,
    .read_data_o,
    .busy_o
  );

  assign done_thread_o = done.thread;
  assign done_acc_o = done.acc;
  assign threads_o = cfg_pkg::Threads;
  assign accumulators_o = cfg_pkg::Accumulators;
  assign rows_o = cfg_pkg::MatrixRows;
  assign cols_o = cfg_pkg::MatrixCols;
  assign simd_bytes_o = cfg_pkg::SimdBytes;
endmodule : matrix_unit_tb
