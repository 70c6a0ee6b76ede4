// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// The core at `tiny` with all that surrounds it left free: memory answers with anything, at any time, in order. Instruction
/// cache, branch target buffer, vector side and multiplier are replaced by stand-ins (stand_in): any code comes
/// at any time, with any guess. Thread 0 is started once, in the first cycle after reset, at any address. Data of memory has
/// no errors, and there are no transfer faults.
module rvfi_core (
  input  logic                                            clk_i,
  input  logic                                            rst_ni,
  input  core_inputs_pkg::core_inputs_t                   free_i,
  output rvfi_pkg::rvfi_t [core_inputs_pkg::Channels-1:0] retired_o
);
  localparam int unsigned CountW = 5;

  rvfi_pkg::rvfi_t [rvfi_pkg::Channels-1:0] rvfi;
  logic store_valid, sem_wait;
  logic [pipe_pkg::MemoryPipes-1:0] load_valid;
  sram_pkg::read_rsp_t fetch_rsp;
  sram_pkg::read_rsp_t load_rsp[pipe_pkg::MemoryPipes];
  logic started_q;
  logic [CountW-1:0] loads_q, stores_q;  // requests without an answer

  always_comb begin
    fetch_rsp = '0;
    fetch_rsp.data[3:0] = free_i.fetch_rsp;
    for (int unsigned p = 0; p < pipe_pkg::MemoryPipes; p++) load_rsp[p] = '0;
    load_rsp[0].data[1:0] = free_i.load_rsp;
  end

  always_ff @(posedge clk_i) begin
    started_q <= rst_ni;
    if (!rst_ni) begin
      loads_q   <= '0;
      stores_q  <= '0;
    end else begin
      loads_q   <= loads_q + CountW'(load_valid[0] && free_i.load_req_ready[0]) - CountW'(free_i.load_rsp_valid);
      stores_q  <= stores_q + CountW'(store_valid && free_i.store_ready) - CountW'(free_i.store_done);
    end
  end

  `TATAMI_ASSUME(LoadAnswer, !free_i.load_rsp_valid || loads_q != '0)
  `TATAMI_ASSUME(StoreAnswer, !free_i.store_done || stores_q != '0)
  `TATAMI_ASSUME(Grant, !free_i.sem_wait_grant || sem_wait)

  core u_core (
    .clk_i,
    .rst_ni,
    .id_i               (free_i.id),
    .time_i             (free_i.now),
    .fetch_req_valid_o  (),
    .fetch_req_ready_i  (free_i.fetch_req_ready),
    .fetch_req_o        (),
    .fetch_rsp_valid_i  (free_i.fetch_rsp_valid),
    .fetch_rsp_i        (fetch_rsp),
    .load_req_valid_o   (load_valid),
    .load_req_ready_i   (free_i.load_req_ready),
    .load_req_o         (),
    .load_rsp_valid_i   ({1'b0, free_i.load_rsp_valid}),
    .load_rsp_i         (load_rsp),
    .store_valid_o      (store_valid),
    .store_ready_i      (free_i.store_ready),
    .store_o            (),
    .store_done_i       (free_i.store_done),
    .start_valid_i      (rst_ni && !started_q),
    .start_thread_i     (2'd0),
    .start_pc_i         (free_i.start_pc),
    .sem_wait_valid_o   (sem_wait),
    .sem_wait_sem_o     (),
    .sem_wait_count_o   (),
    .sem_wait_grant_i   (free_i.sem_wait_grant),
    .sem_post_valid_o   (),
    .sem_post_sem_o     (),
    .sem_post_value_o   (),
    .sem_read_sem_o     (),
    .sem_read_value_i   (free_i.sem_read_value),
    .xfer_valid_o       (),
    .xfer_ready_i       (free_i.xfer_ready),
    .xfer_o             (),
    .xfer_fault_valid_i (1'b0),
    .xfer_fault_thread_i(2'd0),
    .xfer_fault_addr_i  ('0),
    .memory_errors_i    ('0),
    .memory_errors_write_o(),
    .rvfi_o             (rvfi),
    .status_o           (),
    .busy_o             ()
  );

  assign retired_o = {
    rvfi[rvfi_pkg::LoadChannel],
    rvfi[rvfi_pkg::PipeChannel+pipe_pkg::MemoryPipe],
    rvfi[rvfi_pkg::PipeChannel+pipe_pkg::AluPipe],
    rvfi[rvfi_pkg::PipeChannel+pipe_pkg::SystemPipe]
  };
endmodule : rvfi_core
