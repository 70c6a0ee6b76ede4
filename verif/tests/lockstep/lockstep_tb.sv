// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The core with its semaphores, flat ports. The bench plays the SRAM and the transfer engine.
module lockstep_tb (
  input  logic         clk_i,
  input  logic         rst_ni,
  input  logic [19:0]  die_i,
  input  logic [4:0]   y_i,
  input  logic [4:0]   x_i,
  input  logic [63:0]  time_i,
  // Reads: 0 fetch, 1 and 2 loads.
  output logic         rd_req_valid_o[3],
  input  logic         rd_req_ready_i[3],
  output logic [7:0]   rd_en_o[3],
  output logic [17:0]  rd_addr_o[24],   // port p, word w: 8 * p + w
  input  logic         rd_rsp_valid_i[3],
  input  logic [63:0]  rd_data_i[24],
  // Stores.
  output logic         wr_valid_o,
  input  logic         wr_ready_i,
  output logic [7:0]   wr_en_o,
  output logic [17:0]  wr_addr_o[8],
  output logic [63:0]  wr_data_o[8],
  output logic [7:0]   wr_strb_o[8],
  input  logic         wr_done_i,
  // Control.
  input  logic         start_valid_i,
  input  logic [1:0]   start_thread_i,
  input  logic [63:0]  start_pc_i,
  output logic         xfer_valid_o,
  input  logic         xfer_ready_i,
  output logic [1:0]   xfer_thread_o,
  output logic [20:0]  xfer_addr_o,
  output logic [15:0]  xfer_count_o,
  input  logic         xfer_fault_valid_i,
  input  logic [1:0]   xfer_fault_thread_i,
  input  logic [20:0]  xfer_fault_addr_i,
  // Retirement, per channel.
  output logic         rvfi_valid_o[rvfi_pkg::Channels],
  output logic [1:0]   rvfi_thread_o[rvfi_pkg::Channels],
  output logic [63:0]  rvfi_order_o[rvfi_pkg::Channels],
  output logic [31:0]  rvfi_insn_o[rvfi_pkg::Channels],
  output logic         rvfi_trap_o[rvfi_pkg::Channels],
  output logic         rvfi_intr_o[rvfi_pkg::Channels],
  output logic         rvfi_halt_o[rvfi_pkg::Channels],
  output logic [4:0]   rvfi_rd_addr_o[rvfi_pkg::Channels],
  output logic [63:0]  rvfi_rd_wdata_o[rvfi_pkg::Channels],
  output logic [63:0]  rvfi_pc_rdata_o[rvfi_pkg::Channels],
  output logic [63:0]  rvfi_pc_wdata_o[rvfi_pkg::Channels],
  output logic [63:0]  rvfi_mem_addr_o[rvfi_pkg::Channels],
  output logic [7:0]   rvfi_mem_rmask_o[rvfi_pkg::Channels],
  output logic [7:0]   rvfi_mem_wmask_o[rvfi_pkg::Channels],
  output logic [63:0]  rvfi_mem_rdata_o[rvfi_pkg::Channels],
  output logic [63:0]  rvfi_mem_wdata_o[rvfi_pkg::Channels],
  output logic         rvfi_vd_valid_o[rvfi_pkg::Channels],
  output logic [4:0]   rvfi_vd_addr_o[rvfi_pkg::Channels],
  output logic [511:0] rvfi_vd_wdata_o[rvfi_pkg::Channels],
  // Threads.
  output logic [2:0]   state_o[cfg_pkg::Threads],
  output logic [4:0]   cause_o[cfg_pkg::Threads],
  output logic [63:0]  pc_o[cfg_pkg::Threads],
  output logic [63:0]  value_o[cfg_pkg::Threads],
  output logic         busy_o
);
  localparam int unsigned Threads = cfg_pkg::Threads;

  noc_pkg::node_id_t id;
  sram_pkg::read_req_t fetch_req;
  sram_pkg::read_req_t load_req[2];
  sram_pkg::read_rsp_t fetch_rsp;
  sram_pkg::read_rsp_t load_rsp[2];
  logic [1:0] load_req_valid;
  sram_pkg::write_req_t store;
  core_pkg::xfer_t xfer;
  sram_pkg::errors_write_t unused_errors_write;
  rvfi_pkg::rvfi_t [rvfi_pkg::Channels-1:0] rvfi;
  core_pkg::thread_status_t [Threads-1:0] status;
  logic [Threads-1:0] wait_valid, wait_grant;
  logic [Threads-1:0][5:0] wait_sem;
  logic [Threads-1:0][15:0] wait_count;
  logic post_valid, core_busy, semaphores_busy;
  logic [1:0] unused_overflow;
  logic [5:0] post_sem, read_sem;
  logic [15:0] post_value, read_value;

  assign id      = '{die: die_i, y: y_i, x: x_i};
  assign busy_o  = core_busy || semaphores_busy;
  assign rd_en_o = '{fetch_req.en, load_req[0].en, load_req[1].en};
  assign rd_req_valid_o[1] = load_req_valid[0];
  assign rd_req_valid_o[2] = load_req_valid[1];
  for (genvar w = 0; w < 8; w++) begin : gen_word
    assign rd_addr_o[w]      = fetch_req.addr[w];
    assign rd_addr_o[8+w]    = load_req[0].addr[w];
    assign rd_addr_o[16+w]   = load_req[1].addr[w];
    assign fetch_rsp.data[w] = rd_data_i[w];
    assign load_rsp[0].data[w] = rd_data_i[8+w];
    assign load_rsp[1].data[w] = rd_data_i[16+w];
    assign wr_addr_o[w]      = store.addr[w];
    assign wr_data_o[w]      = store.data[w];
    assign wr_strb_o[w]      = store.strb[w];
  end
  assign wr_en_o                 = store.en;
  assign fetch_rsp.corrected     = '0;
  assign fetch_rsp.lost          = '0;
  assign fetch_rsp.uncorrectable = '0;
  for (genvar p = 0; p < 2; p++) begin : gen_load
    assign load_rsp[p].corrected     = '0;
    assign load_rsp[p].lost          = '0;
    assign load_rsp[p].uncorrectable = '0;
  end
  assign xfer_thread_o           = xfer.thread;
  assign xfer_addr_o             = xfer.addr;
  assign xfer_count_o            = xfer.count;

  for (genvar t = 0; t < Threads; t++) begin : gen_thread
    assign state_o[t] = status[t].state;
    assign cause_o[t] = status[t].cause;
    assign pc_o[t]    = status[t].pc;
    assign value_o[t] = status[t].value;
  end

  for (genvar c = 0; c < rvfi_pkg::Channels; c++) begin : gen_channel
    assign rvfi_valid_o[c]     = rvfi[c].valid;
    assign rvfi_thread_o[c]    = rvfi[c].thread;
    assign rvfi_order_o[c]     = rvfi[c].order;
    assign rvfi_insn_o[c]      = rvfi[c].insn;
    assign rvfi_trap_o[c]      = rvfi[c].trap;
    assign rvfi_intr_o[c]      = rvfi[c].intr;
    assign rvfi_halt_o[c]      = rvfi[c].halt;
    assign rvfi_rd_addr_o[c]   = rvfi[c].rd_addr;
    assign rvfi_rd_wdata_o[c]  = rvfi[c].rd_wdata;
    assign rvfi_pc_rdata_o[c]  = rvfi[c].pc_rdata;
    assign rvfi_pc_wdata_o[c]  = rvfi[c].pc_wdata;
    assign rvfi_mem_addr_o[c]  = rvfi[c].mem_addr;
    assign rvfi_mem_rmask_o[c] = rvfi[c].mem_rmask;
    assign rvfi_mem_wmask_o[c] = rvfi[c].mem_wmask;
    assign rvfi_mem_rdata_o[c] = rvfi[c].mem_rdata;
    assign rvfi_mem_wdata_o[c] = rvfi[c].mem_wdata;
    assign rvfi_vd_valid_o[c]  = rvfi[c].vd_valid;
    assign rvfi_vd_addr_o[c]   = rvfi[c].vd_addr;
    assign rvfi_vd_wdata_o[c]  = rvfi[c].vd_wdata;
  end

  core u_core (
    .clk_i,
    .rst_ni,
    .id_i               (id),
    .time_i,
    .fetch_req_valid_o  (rd_req_valid_o[0]),
    .fetch_req_ready_i  (rd_req_ready_i[0]),
    .fetch_req_o        (fetch_req),
    .fetch_rsp_valid_i  (rd_rsp_valid_i[0]),
    .fetch_rsp_i        (fetch_rsp),
    .load_req_valid_o   (load_req_valid),
    .load_req_ready_i   ({rd_req_ready_i[2], rd_req_ready_i[1]}),
    .load_req_o         (load_req),
    .load_rsp_valid_i   ({rd_rsp_valid_i[2], rd_rsp_valid_i[1]}),
    .load_rsp_i         (load_rsp),
    .store_valid_o      (wr_valid_o),
    .store_ready_i      (wr_ready_i),
    .store_o            (store),
    .store_done_i       (wr_done_i),
    .start_valid_i,
    .start_thread_i,
    .start_pc_i,
    .sem_wait_valid_o   (wait_valid),
    .sem_wait_sem_o     (wait_sem),
    .sem_wait_count_o   (wait_count),
    .sem_wait_grant_i   (wait_grant),
    .sem_post_valid_o   (post_valid),
    .sem_post_sem_o     (post_sem),
    .sem_post_value_o   (post_value),
    .sem_read_sem_o     (read_sem),
    .sem_read_value_i   (read_value),
    .xfer_valid_o,
    .xfer_ready_i,
    .xfer_o             (xfer),
    .xfer_fault_valid_i,
    .xfer_fault_thread_i,
    .xfer_fault_addr_i,
    .memory_errors_i    ('0),
    .memory_errors_write_o(unused_errors_write),
    .rvfi_o             (rvfi),
    .status_o           (status),
    .busy_o             (core_busy)
  );

  semaphores u_semaphores (
    .clk_i,
    .rst_ni,
    .inlet_post_valid_i(1'b0),
    .inlet_post_sem_i  (6'd0),
    .inlet_post_value_i(16'd0),
    .core_post_valid_i (post_valid),
    .core_post_sem_i   (post_sem),
    .core_post_value_i (post_value),
    .wait_valid_i      (wait_valid),
    .wait_sem_i        (wait_sem),
    .wait_count_i      (wait_count),
    .wait_grant_o      (wait_grant),
    .read_sem_i        (read_sem),
    .read_value_o      (read_value),
    .inlet_overflow_o  (unused_overflow[0]),
    .core_overflow_o   (unused_overflow[1]),
    .busy_o            (semaphores_busy)
  );
endmodule : lockstep_tb
