// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The semaphores with one port per thread as an unpacked element.
module semaphores_tb (
  input  logic                        clk_i,
  input  logic                        rst_ni,
  input  logic                        inlet_post_valid_i,
  input  logic [5:0]                  inlet_post_sem_i,
  input  logic [15:0]                 inlet_post_value_i,
  input  logic                        core_post_valid_i,
  input  logic [5:0]                  core_post_sem_i,
  input  logic [15:0]                 core_post_value_i,
  input  logic [cfg_pkg::Threads-1:0] wait_valid_i,
  input  logic [5:0]                  wait_sem_i[cfg_pkg::Threads],
  input  logic [15:0]                 wait_count_i[cfg_pkg::Threads],
  output logic [cfg_pkg::Threads-1:0] wait_grant_o,
  input  logic [5:0]                  read_sem_i,
  output logic [15:0]                 read_value_o,
  output logic                        inlet_overflow_o,
  output logic                        core_overflow_o,
  output logic                        busy_o
);
  logic [cfg_pkg::Threads-1:0][5:0] wait_sem;
  logic [cfg_pkg::Threads-1:0][15:0] wait_count;

  for (genvar t = 0; t < cfg_pkg::Threads; t++) begin : gen_thread
    assign wait_sem[t] = wait_sem_i[t];
    assign wait_count[t] = wait_count_i[t];
  end

  semaphores u_semaphores (
    .clk_i,
    .rst_ni,
    .inlet_post_valid_i,
    .inlet_post_sem_i,
    .inlet_post_value_i,
    .core_post_valid_i,
    .core_post_sem_i,
    .core_post_value_i,
    .wait_valid_i,
    .wait_sem_i(wait_sem),
    .wait_count_i(wait_count),
    .wait_grant_o,
    .read_sem_i,
    .read_value_o,
    .inlet_overflow_o,
    .core_overflow_o,
    .busy_o
  );
endmodule : semaphores_tb
