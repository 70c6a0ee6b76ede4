// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// A node's record of errors with flat ports; bits of valid and seen: get, uncorrectable, overflow (of the
/// mesh), malformed; bit 4 of valid: overflow of the core.
module error_record_tb (
  input  logic         clk_i,
  input  logic         rst_ni,
  input  logic         lost_i,
  input  logic [30:0]  lost_dst_i,
  input  logic [4:0]   valid_i,
  input  logic [29:0]  get_fault_node_i,
  input  logic [5:0]   mesh_sem_i,
  input  logic [29:0]  mesh_src_i,
  input  logic [5:0]   core_sem_i,
  input  logic [29:0]  id_i,
  input  logic [127:0] malformed_header_i,
  output logic         lost_o,
  output logic [30:0]  lost_dst_o,
  output logic [3:0]   seen_o,
  output logic [29:0]  get_fault_node_o,
  output logic [5:0]   overflow_sem_o,
  output logic [29:0]  overflow_src_o,
  output logic [127:0] malformed_header_o,
  output logic         busy_o
);
  node_pkg::errors_t errors;

  error_record u_record (
    .clk_i,
    .rst_ni,
    .lost_i,
    .lost_dst_i,
    .get_fault_valid_i(valid_i[0]),
    .get_fault_node_i,
    .uncorrectable_valid_i(valid_i[1]),
    .mesh_overflow_valid_i(valid_i[2]),
    .mesh_overflow_sem_i(mesh_sem_i),
    .mesh_overflow_src_i(mesh_src_i),
    .core_overflow_valid_i(valid_i[4]),
    .core_overflow_sem_i(core_sem_i),
    .id_i,
    .malformed_valid_i(valid_i[3]),
    .malformed_header_i,
    .errors_o(errors),
    .busy_o
  );

  assign lost_o = errors.lost;
  assign lost_dst_o = errors.lost_dst;
  assign seen_o = {errors.malformed, errors.overflow, errors.uncorrectable, errors.get_fault};
  assign get_fault_node_o = errors.get_fault_node;
  assign overflow_sem_o = errors.overflow_sem;
  assign overflow_src_o = errors.overflow_src;
  assign malformed_header_o = errors.malformed_header;
endmodule : error_record_tb
