// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The core with flat ports: words of requests and answers are arrays of eight, retirement channels arrays of Channels, load ports arrays of two,
/// per-thread ports arrays of Threads. `xfer_*`, `sem_*` and `start_*` are as at the core.
module core_tb (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic [4:0]  id_x_i,
  input  logic [4:0]  id_y_i,
  input  logic [19:0] id_die_i,
  input  logic [63:0] time_i,
  // instruction fetch
  output logic        fetch_req_valid_o,
  input  logic        fetch_req_ready_i,
  output logic [7:0]  fetch_req_en_o,
  output logic [17:0] fetch_req_addr_o[8],
  input  logic        fetch_rsp_valid_i,
  input  logic [63:0] fetch_rsp_data_i[8],
  input  logic [7:0]  fetch_rsp_uncorrectable_i,
  // loads
  output logic [1:0]  load_req_valid_o,
  input  logic [1:0]  load_req_ready_i,
  output logic [7:0]  load_req_en_o[2],
  output logic [17:0] load_req_addr_o[2][8],
  input  logic [1:0]  load_rsp_valid_i,
  input  logic [63:0] load_rsp_data_i[2][8],
  input  logic [7:0]  load_rsp_uncorrectable_i[2],
  input  logic [17:0] load_rsp_lost_i[2],
  // stores
  output logic        store_valid_o,
  input  logic        store_ready_i,
  output logic [7:0]  store_en_o,
  output logic [17:0] store_addr_o[8],
  output logic [63:0] store_data_o[8],
  output logic [7:0]  store_strb_o[8],
  output logic        store_flip_o,
  input  logic        store_done_i,
  // start
  input  logic        start_valid_i,
  input  logic [1:0]  start_thread_i,
  input  logic [63:0] start_pc_i,
  // semaphores
  output logic [cfg_pkg::Threads-1:0] sem_wait_valid_o,
  output logic [5:0]  sem_wait_sem_o[cfg_pkg::Threads],
  output logic [15:0] sem_wait_count_o[cfg_pkg::Threads],
  input  logic [cfg_pkg::Threads-1:0] sem_wait_grant_i,
  output logic        sem_post_valid_o,
  output logic [5:0]  sem_post_sem_o,
  output logic [15:0] sem_post_value_o,
  output logic [5:0]  sem_read_sem_o,
  input  logic [15:0] sem_read_value_i,
  // transfers
  output logic        xfer_valid_o,
  input  logic        xfer_ready_i,
  output logic [1:0]  xfer_thread_o,
  output logic [20:0] xfer_addr_o,
  output logic [15:0] xfer_count_o,
  input  logic        xfer_fault_valid_i,
  input  logic [1:0]  xfer_fault_thread_i,
  input  logic [20:0] xfer_fault_addr_i,
  // retirement
  output logic        rvfi_valid_o[rvfi_pkg::Channels],
  output logic [1:0]  rvfi_thread_o[rvfi_pkg::Channels],
  output logic [63:0] rvfi_order_o[rvfi_pkg::Channels],
  output logic [31:0] rvfi_insn_o[rvfi_pkg::Channels],
  output logic        rvfi_trap_o[rvfi_pkg::Channels],
  output logic        rvfi_intr_o[rvfi_pkg::Channels],
  output logic        rvfi_halt_o[rvfi_pkg::Channels],
  output logic [4:0]  rvfi_rs1_addr_o[rvfi_pkg::Channels],
  output logic [4:0]  rvfi_rs2_addr_o[rvfi_pkg::Channels],
  output logic [63:0] rvfi_rs1_rdata_o[rvfi_pkg::Channels],
  output logic [63:0] rvfi_rs2_rdata_o[rvfi_pkg::Channels],
  output logic [4:0]  rvfi_rd_addr_o[rvfi_pkg::Channels],
  output logic [63:0] rvfi_rd_wdata_o[rvfi_pkg::Channels],
  output logic [63:0] rvfi_pc_rdata_o[rvfi_pkg::Channels],
  output logic [63:0] rvfi_pc_wdata_o[rvfi_pkg::Channels],
  output logic [63:0] rvfi_mem_addr_o[rvfi_pkg::Channels],
  output logic [7:0]  rvfi_mem_rmask_o[rvfi_pkg::Channels],
  output logic [7:0]  rvfi_mem_wmask_o[rvfi_pkg::Channels],
  output logic [63:0] rvfi_mem_rdata_o[rvfi_pkg::Channels],
  output logic [63:0] rvfi_mem_wdata_o[rvfi_pkg::Channels],
  output logic        rvfi_vd_valid_o[rvfi_pkg::Channels],
  output logic [4:0]  rvfi_vd_addr_o[rvfi_pkg::Channels],
  output logic [511:0] rvfi_vd_wdata_o[rvfi_pkg::Channels],
  // threads
  output logic [2:0]  status_state_o[cfg_pkg::Threads],
  output logic [4:0]  status_cause_o[cfg_pkg::Threads],
  output logic [63:0] status_pc_o[cfg_pkg::Threads],
  output logic [63:0] status_value_o[cfg_pkg::Threads],
  output logic        busy_o
);
  sram_pkg::read_req_t fetch_req;
  sram_pkg::read_req_t load_req[2];
  sram_pkg::read_rsp_t fetch_rsp;
  sram_pkg::read_rsp_t load_rsp[2];
  sram_pkg::write_req_t store;
  logic [cfg_pkg::Threads-1:0][5:0] wait_sem;
  logic [cfg_pkg::Threads-1:0][15:0] wait_count;
  core_pkg::xfer_t xfer;
  sram_pkg::errors_write_t unused_errors_write;
  rvfi_pkg::rvfi_t [rvfi_pkg::Channels-1:0] rvfi;
  core_pkg::thread_status_t [cfg_pkg::Threads-1:0] status;

  assign fetch_req_en_o = fetch_req.en;
  assign store_en_o = store.en;
  assign store_flip_o = store.flip;
  assign fetch_rsp.corrected = '0;
  assign fetch_rsp.lost = '0;
  assign fetch_rsp.uncorrectable = fetch_rsp_uncorrectable_i;
  assign xfer_thread_o = xfer.thread;
  assign xfer_addr_o = xfer.addr;
  assign xfer_count_o = xfer.count;

  for (genvar w = 0; w < 8; w++) begin : gen_word
    assign fetch_req_addr_o[w] = fetch_req.addr[w];
    assign fetch_rsp.data[w] = fetch_rsp_data_i[w];
    assign store_addr_o[w] = store.addr[w];
    assign store_data_o[w] = store.data[w];
    assign store_strb_o[w] = store.strb[w];
  end

  for (genvar p = 0; p < 2; p++) begin : gen_load
    assign load_req_en_o[p] = load_req[p].en;
    assign load_rsp[p].corrected = '0;
    assign load_rsp[p].lost = load_rsp_lost_i[p];
    assign load_rsp[p].uncorrectable = load_rsp_uncorrectable_i[p];
    for (genvar w = 0; w < 8; w++) begin : gen_word
      assign load_req_addr_o[p][w] = load_req[p].addr[w];
      assign load_rsp[p].data[w] = load_rsp_data_i[p][w];
    end
  end

  for (genvar t = 0; t < cfg_pkg::Threads; t++) begin : gen_thread
    assign sem_wait_sem_o[t] = wait_sem[t];
    assign sem_wait_count_o[t] = wait_count[t];
    assign status_state_o[t] = status[t].state;
    assign status_cause_o[t] = status[t].cause;
    assign status_pc_o[t] = status[t].pc;
    assign status_value_o[t] = status[t].value;
  end

  for (genvar c = 0; c < rvfi_pkg::Channels; c++) begin : gen_channel
    assign rvfi_valid_o[c] = rvfi[c].valid;
    assign rvfi_thread_o[c] = rvfi[c].thread;
    assign rvfi_order_o[c] = rvfi[c].order;
    assign rvfi_insn_o[c] = rvfi[c].insn;
    assign rvfi_trap_o[c] = rvfi[c].trap;
    assign rvfi_intr_o[c] = rvfi[c].intr;
    assign rvfi_halt_o[c] = rvfi[c].halt;
    assign rvfi_rs1_addr_o[c] = rvfi[c].rs1_addr;
    assign rvfi_rs2_addr_o[c] = rvfi[c].rs2_addr;
    assign rvfi_rs1_rdata_o[c] = rvfi[c].rs1_rdata;
    assign rvfi_rs2_rdata_o[c] = rvfi[c].rs2_rdata;
    assign rvfi_rd_addr_o[c] = rvfi[c].rd_addr;
    assign rvfi_rd_wdata_o[c] = rvfi[c].rd_wdata;
    assign rvfi_pc_rdata_o[c] = rvfi[c].pc_rdata;
    assign rvfi_pc_wdata_o[c] = rvfi[c].pc_wdata;
    assign rvfi_mem_addr_o[c] = rvfi[c].mem_addr;
    assign rvfi_mem_rmask_o[c] = rvfi[c].mem_rmask;
    assign rvfi_mem_wmask_o[c] = rvfi[c].mem_wmask;
    assign rvfi_mem_rdata_o[c] = rvfi[c].mem_rdata;
    assign rvfi_mem_wdata_o[c] = rvfi[c].mem_wdata;
    assign rvfi_vd_valid_o[c] = rvfi[c].vd_valid;
    assign rvfi_vd_addr_o[c] = rvfi[c].vd_addr;
    assign rvfi_vd_wdata_o[c] = rvfi[c].vd_wdata;
  end

  core u_core (
    .clk_i,
    .rst_ni,
    .id_i('{die: id_die_i, y: id_y_i, x: id_x_i}),
    .time_i,
    .fetch_req_valid_o,
    .fetch_req_ready_i,
    .fetch_req_o(fetch_req),
    .fetch_rsp_valid_i,
    .fetch_rsp_i(fetch_rsp),
    .load_req_valid_o,
    .load_req_ready_i,
    .load_req_o(load_req),
    .load_rsp_valid_i,
    .load_rsp_i(load_rsp),
    .store_valid_o,
    .store_ready_i,
    .store_o(store),
    .store_done_i,
    .start_valid_i,
    .start_thread_i,
    .start_pc_i,
    .sem_wait_valid_o,
    .sem_wait_sem_o(wait_sem),
    .sem_wait_count_o(wait_count),
    .sem_wait_grant_i,
    .sem_post_valid_o,
    .sem_post_sem_o,
    .sem_post_value_o,
    .sem_read_sem_o,
    .sem_read_value_i,
    .xfer_valid_o,
    .xfer_ready_i,
    .xfer_o(xfer),
    .xfer_fault_valid_i,
    .xfer_fault_thread_i,
    .xfer_fault_addr_i,
    .memory_errors_i('0),
    .memory_errors_write_o(unused_errors_write),
    .rvfi_o(rvfi),
    .status_o(status),
    .busy_o
  );
endmodule : core_tb
