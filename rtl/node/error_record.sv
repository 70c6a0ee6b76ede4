// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Keeps what no thread owns: that each kind of error happened, and the first of its kind.
///
/// `*_valid_i` is a pulse; the record shows it one cycle later, an overflow two, and until reset. `lost_*_i` is a record of
/// its own.
module error_record (
  input  logic                 clk_i,
  input  logic                 rst_ni,
  input  logic                 lost_i,
  input  router_pkg::lost_t    lost_dst_i,
  input  logic                 get_fault_valid_i,
  input  noc_pkg::node_id_t    get_fault_node_i,
  input  logic                 uncorrectable_valid_i,
  // overflows of semaphores, by a post of the mesh and by one of the core; of two in one cycle the mesh's counts
  input  logic                 mesh_overflow_valid_i,
  input  logic [5:0]           mesh_overflow_sem_i,
  input  noc_pkg::node_id_t    mesh_overflow_src_i,
  input  logic                 core_overflow_valid_i,
  input  logic [5:0]           core_overflow_sem_i,
  input  noc_pkg::node_id_t    id_i,
  input  logic                 malformed_valid_i,
  input  noc_pkg::header_t     malformed_header_i,
  output node_pkg::errors_t    errors_o,
  output logic                 busy_o
);
  logic get_fault_q, uncorrectable_q, mesh_comes_q, core_comes_q, overflow_q, malformed_q;
  noc_pkg::node_id_t get_fault_node_q, mesh_src_q, overflow_src_q;
  logic [5:0] mesh_sem_q, core_sem_q, overflow_sem_q;
  noc_pkg::header_t malformed_header_q;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      get_fault_q <= 1'b0;
      uncorrectable_q <= 1'b0;
      mesh_comes_q <= 1'b0;
      core_comes_q <= 1'b0;
      overflow_q <= 1'b0;
      malformed_q <= 1'b0;
    end else begin
      if (get_fault_valid_i) get_fault_q <= 1'b1;
      if (uncorrectable_valid_i) uncorrectable_q <= 1'b1;
      mesh_comes_q <= mesh_overflow_valid_i;
      core_comes_q <= core_overflow_valid_i;
      if (mesh_comes_q || core_comes_q) overflow_q <= 1'b1;
      if (malformed_valid_i) malformed_q <= 1'b1;
    end
  end

  always_ff @(posedge clk_i) begin
    if (get_fault_valid_i && !get_fault_q) get_fault_node_q <= get_fault_node_i;
    // Whether there is one is known late in the cycle.
    mesh_sem_q <= mesh_overflow_sem_i;
    mesh_src_q <= mesh_overflow_src_i;
    core_sem_q <= core_overflow_sem_i;
    if ((mesh_comes_q || core_comes_q) && !overflow_q) begin
      overflow_sem_q <= mesh_comes_q ? mesh_sem_q : core_sem_q;
      overflow_src_q <= mesh_comes_q ? mesh_src_q : id_i;
    end
    if (malformed_valid_i && !malformed_q) malformed_header_q <= malformed_header_i;
  end

  assign busy_o = mesh_comes_q || core_comes_q;

  always_comb begin
    errors_o.lost = lost_i;
    errors_o.lost_dst = lost_dst_i;
    errors_o.get_fault = get_fault_q;
    errors_o.get_fault_node = get_fault_node_q;
    errors_o.uncorrectable = uncorrectable_q;
    errors_o.overflow = overflow_q;
    errors_o.overflow_sem = overflow_sem_q;
    errors_o.overflow_src = overflow_src_q;
    errors_o.malformed = malformed_q;
    errors_o.malformed_header = malformed_header_q;
  end
endmodule : error_record
