// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// A node of the mesh: core, SRAM, transfer engine, inlet, semaphores and router; only wires.
///
/// Clocks: `clk_router_i` drives the router, `clk_core_i` everything else. The parent gates them: the router's must run
/// when `router_busy_o` is high or a link brings a packet or a credit, the core's when `core_busy_o` is high. Whichever side
/// of the router's local port raises valid, both clocks run until the handshake is done, so it works as in one domain.
/// Both run during reset.
/// Timing: every output is a register or a function of registers; `id_i` and `edge_i` are constant outside reset.
/// Errors: what no thread owns is recorded in `errors_o` until reset.
module node (
  input  logic                                          clk_router_i,
  input  logic                                          clk_core_i,
  input  logic                                          rst_ni,
  input  noc_pkg::node_id_t                             id_i,
  // links by which packets enter the die
  input  logic [3:0]                                    edge_i,
  input  logic [63:0]                                   time_i,
  // links: north, east, south, west
  input  noc_pkg::link_t [3:0]                          link_i,
  output noc_pkg::link_t [3:0]                          link_o,
  input  logic [3:0][1:0]                               credit_i,
  output logic [3:0][1:0]                               credit_o,
  // the clock must run in the next cycle
  output logic                                          router_busy_o,
  output logic                                          core_busy_o,
  // observation
  output rvfi_pkg::rvfi_t [rvfi_pkg::Channels-1:0]      rvfi_o,
  output core_pkg::thread_status_t [cfg_pkg::Threads-1:0] status_o,
  output node_pkg::errors_t                             errors_o,
  output sram_pkg::errors_t                             memory_o    // wrong words met
);
  localparam int unsigned Threads = cfg_pkg::Threads;
  localparam int unsigned TileBytes = cfg_pkg::MatrixDepth * 2;
  localparam int unsigned Loads = 0;  // and 1
  localparam int unsigned Fetches = 2;
  localparam int unsigned MeshReads = 3;
  localparam int unsigned Stores = 0;
  localparam int unsigned MeshWrites = 1;

  `TATAMI_ASSERT_STATIC(ThreadCount, Threads >= 1 && Threads <= 4,
                        "threads must be 1 to 4: a hart id has two bits for it")
  `TATAMI_ASSERT_STATIC(SimdBytes, cfg_pkg::SimdBytes inside {16, 32, 64}, "simd_bytes must be 16, 32 or 64")
  `TATAMI_ASSERT_STATIC(TileA, cfg_pkg::MatrixRows * TileBytes == cfg_pkg::SimdBytes,
                        "matrix_rows x matrix_depth BF16 must fill a register: set matrix_rows to simd_bytes / 8")
  `TATAMI_ASSERT_STATIC(TileB, cfg_pkg::MatrixCols * TileBytes == cfg_pkg::SimdBytes,
                        "matrix_cols x matrix_depth BF16 must fill a register: set matrix_cols to simd_bytes / 8")
  `TATAMI_ASSERT_STATIC(SramSize, cfg_pkg::SramBytes <= 2 ** sram_pkg::ByteAddrW,
                        "sram_banks x sram_rows x 64 B must be at most 2 MiB: lower sram_rows")

  // SRAM ports
  localparam int unsigned Readers = sram_map_pkg::Readers;
  logic [Readers-1:0] rd_req_valid, rd_req_ready, rd_rsp_valid;
  sram_pkg::read_req_t rd_req[Readers];
  sram_pkg::read_rsp_t rd_rsp[Readers];
  logic [1:0] wr_valid, wr_ready, wr_done;
  sram_pkg::write_req_t wr_req[2];

  // router and its local port
  logic [1:0] inject_valid, inject_ready, eject_valid, eject_ready;
  noc_pkg::packet_t [1:0] inject, eject;

  // control
  logic start_valid, post_valid, core_post_valid, get_valid, get_ready, xfer_valid, xfer_ready, fault_valid;
  logic [1:0] start_thread, fault_thread;
  logic [63:0] start_pc;
  logic [5:0] post_sem, core_post_sem, read_sem;
  logic [15:0] post_value, core_post_value, read_value;
  noc_pkg::descriptor_t get;
  core_pkg::xfer_t xfer;
  logic [sram_pkg::ByteAddrW-1:0] fault_addr;
  noc_pkg::node_id_t get_fault_node;
  logic [Threads-1:0] wait_valid, wait_grant;
  logic [Threads-1:0][5:0] wait_sem;
  logic [Threads-1:0][15:0] wait_count;

  logic core_busy, sram_busy, dma_busy, inlet_busy, sem_busy, error_busy;
  logic packet_error, inlet_overflow, core_overflow, word_lost, get_fault, packet_lost, awake;
  sram_pkg::errors_write_t memory_write;
  noc_pkg::header_t error_header;
  noc_pkg::node_id_t post_src;
  router_pkg::lost_t lost_dst;
  router_pkg::route_write_t route_write;

  router u_router (
    .clk_i(clk_router_i),
    .rst_ni,
    .id_i,
    .edge_i,
    .link_i,
    .link_o,
    .credit_i,
    .credit_o,
    .inject_valid_i(inject_valid),
    .inject_ready_o(inject_ready),
    .inject_i(inject),
    .route_write_i(route_write),
    .eject_valid_o(eject_valid),
    .eject_ready_i(eject_ready),
    .eject_o(eject),
    .lost_o(packet_lost),
    .lost_dst_o(lost_dst),
    .busy_o(router_busy_o)
  );

  inlet u_inlet (
    .clk_i(clk_core_i),
    .rst_ni,
    .eject_valid_i(eject_valid),
    .eject_ready_o(eject_ready),
    .eject_i(eject),
    .wr_valid_o(wr_valid[MeshWrites]),
    .wr_ready_i(wr_ready[MeshWrites]),
    .wr_o(wr_req[MeshWrites]),
    .wr_done_i(wr_done[MeshWrites]),
    .post_valid_o(post_valid),
    .post_sem_o(post_sem),
    .post_value_o(post_value),
    .post_src_o(post_src),
    .start_valid_o(start_valid),
    .start_thread_o(start_thread),
    .start_pc_o(start_pc),
    .route_write_o(route_write),
    .get_valid_o(get_valid),
    .get_ready_i(get_ready),
    .get_o(get),
    .error_valid_o(packet_error),
    .error_header_o(error_header),
    .busy_o(inlet_busy)
  );

  dma u_dma (
    .clk_i(clk_core_i),
    .rst_ni,
    .id_i,
    .start_valid_i(xfer_valid),
    .start_ready_o(xfer_ready),
    .start_i(xfer),
    .get_valid_i(get_valid),
    .get_ready_o(get_ready),
    .get_i(get),
    .rd_req_valid_o(rd_req_valid[MeshReads]),
    .rd_req_ready_i(rd_req_ready[MeshReads]),
    .rd_req_o(rd_req[MeshReads]),
    .rd_rsp_valid_i(rd_rsp_valid[MeshReads]),
    .rd_rsp_i(rd_rsp[MeshReads]),
    .inject_valid_o(inject_valid),
    .inject_ready_i(inject_ready),
    .inject_o(inject),
    .fault_valid_o(fault_valid),
    .fault_thread_o(fault_thread),
    .fault_addr_o(fault_addr),
    .get_fault_valid_o(get_fault),
    .get_fault_node_o(get_fault_node),
    .busy_o(dma_busy)
  );

  semaphores u_semaphores (
    .clk_i(clk_core_i),
    .rst_ni,
    .inlet_post_valid_i(post_valid),
    .inlet_post_sem_i(post_sem),
    .inlet_post_value_i(post_value),
    .core_post_valid_i(core_post_valid),
    .core_post_sem_i(core_post_sem),
    .core_post_value_i(core_post_value),
    .wait_valid_i(wait_valid),
    .wait_sem_i(wait_sem),
    .wait_count_i(wait_count),
    .wait_grant_o(wait_grant),
    .read_sem_i(read_sem),
    .read_value_o(read_value),
    .inlet_overflow_o(inlet_overflow),
    .core_overflow_o(core_overflow),
    .busy_o(sem_busy)
  );

  sram u_sram (
    .clk_i(clk_core_i),
    .rst_ni,
    .rd_valid_i(rd_req_valid),
    .rd_ready_o(rd_req_ready),
    .rd_i(rd_req),
    .rd_valid_o(rd_rsp_valid),
    .rd_o(rd_rsp),
    .wr_valid_i(wr_valid),
    .wr_ready_o(wr_ready),
    .wr_i(wr_req),
    .wr_done_o(wr_done),
    .awake_i(awake),
    .errors_write_i(memory_write),
    .errors_o(memory_o),
    .lost_o(word_lost),
    .busy_o(sram_busy)
  );

  core u_core (
    .clk_i(clk_core_i),
    .rst_ni,
    .id_i,
    .time_i,
    .fetch_req_valid_o(rd_req_valid[Fetches]),
    .fetch_req_ready_i(rd_req_ready[Fetches]),
    .fetch_req_o(rd_req[Fetches]),
    .fetch_rsp_valid_i(rd_rsp_valid[Fetches]),
    .fetch_rsp_i(rd_rsp[Fetches]),
    .load_req_valid_o(rd_req_valid[Loads+:2]),
    .load_req_ready_i(rd_req_ready[Loads+:2]),
    .load_req_o(rd_req[Loads+:2]),
    .load_rsp_valid_i(rd_rsp_valid[Loads+:2]),
    .load_rsp_i(rd_rsp[Loads+:2]),
    .store_valid_o(wr_valid[Stores]),
    .store_ready_i(wr_ready[Stores]),
    .store_o(wr_req[Stores]),
    .store_done_i(wr_done[Stores]),
    .start_valid_i(start_valid),
    .start_thread_i(start_thread),
    .start_pc_i(start_pc),
    .sem_wait_valid_o(wait_valid),
    .sem_wait_sem_o(wait_sem),
    .sem_wait_count_o(wait_count),
    .sem_wait_grant_i(wait_grant),
    .sem_post_valid_o(core_post_valid),
    .sem_post_sem_o(core_post_sem),
    .sem_post_value_o(core_post_value),
    .sem_read_sem_o(read_sem),
    .sem_read_value_i(read_value),
    .xfer_valid_o(xfer_valid),
    .xfer_ready_i(xfer_ready),
    .xfer_o(xfer),
    .xfer_fault_valid_i(fault_valid),
    .xfer_fault_thread_i(fault_thread),
    .xfer_fault_addr_i(fault_addr),
    .memory_errors_i(memory_o),
    .memory_errors_write_o(memory_write),
    .rvfi_o,
    .status_o,
    .busy_o(core_busy)
  );

  // A wait that is granted is known too late to count for the SRAM.
  assign awake = core_busy || dma_busy || inlet_busy;
  assign core_busy_o = awake || sram_busy || sem_busy || error_busy;

  error_record u_errors (
    .clk_i(clk_core_i),
    .rst_ni,
    .lost_i(packet_lost),
    .lost_dst_i(lost_dst),
    .get_fault_valid_i(get_fault),
    .get_fault_node_i(get_fault_node),
    .uncorrectable_valid_i(word_lost),
    .mesh_overflow_valid_i(inlet_overflow),
    .mesh_overflow_sem_i(post_sem),
    .mesh_overflow_src_i(post_src),
    .core_overflow_valid_i(core_overflow),
    .core_overflow_sem_i(core_post_sem),
    .id_i,
    .malformed_valid_i(packet_error),
    .malformed_header_i(error_header),
    .errors_o,
    .busy_o(error_busy)
  );
endmodule : node
