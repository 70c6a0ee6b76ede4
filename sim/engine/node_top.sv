// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// One node with ports that C++ can copy word by word: packets on 32-bit boundaries, observation boiled down to flags.
///
/// `flags_o`, from bit 0: router busy, core busy, a thread faulted, an error recorded, a packet waits for the local node, a
/// matrix step left its queue, a store of the core is done, the SRAM is swept for wrong bits; from bit 8: how many
/// instructions retired.
module node_top (
  input  logic         clk_router_i,
  input  logic         clk_core_i,
  input  logic         rst_ni,
  input  logic [19:0]  die_i,
  input  logic [4:0]   y_i,
  input  logic [4:0]   x_i,
  input  logic [3:0]   edge_i,
  input  logic [63:0]  time_i,
  input  logic [3:0]   link_valid_i,
  input  logic [639:0] link_packet_i[4],
  input  logic [7:0]   credit_i,
  output logic [3:0]   link_valid_o,
  output logic [639:0] link_packet_o[4],
  output logic [7:0]   credit_o,
  output logic [15:0]  flags_o,
  // recorded errors, from bit 0: malformed packet, overflow, uncorrectable word, faulty get, lost packet
  output logic [4:0]   error_o,
  output logic [127:0] malformed_header_o,
  output logic [5:0]   overflow_sem_o,
  output logic [29:0]  overflow_src_o,
  output logic [29:0]  get_fault_node_o,
  output logic [30:0]  lost_dst_o,
  output logic [31:0]  memory_fixed_o,     // see sram_pkg::errors_t
  output logic [63:0]  memory_fixed_at_o,
  output logic [31:0]  memory_lost_o,
  output logic [63:0]  memory_lost_at_o,
  output logic [2:0]   thread_state_o[cfg_pkg::Threads],
  output logic [4:0]   thread_cause_o[cfg_pkg::Threads],
  output logic [63:0]  thread_pc_o[cfg_pkg::Threads],
  output logic [63:0]  thread_value_o[cfg_pkg::Threads],
  output logic [1:0]   retire_thread_o[rvfi_pkg::Channels],
  output logic [63:0]  retire_order_o[rvfi_pkg::Channels],
  output logic [63:0]  retire_pc_o[rvfi_pkg::Channels],
  output logic [31:0]  retire_insn_o[rvfi_pkg::Channels],
  output logic [rvfi_pkg::Channels-1:0] retire_valid_o,
  output logic [63:0]  counter_o[cfg_pkg::Threads*isa_pkg::Counters],
  output logic [63:0]  issued_o[cfg_pkg::Threads],        // cycles in which the thread issued
  output logic [63:0]  held_o[sram_map_pkg::Ports],       // cycles in which the SRAM held back words of its request
  output logic [rvfi_pkg::Channels-1:0] retire_trap_o,
  output logic [rvfi_pkg::Channels-1:0] retire_halt_o,
  // the configuration
  output logic [31:0]  sram_banks_o,
  output logic [31:0]  sram_rows_o,
  output logic [31:0]  noc_buffer_depth_o,
  output logic [31:0]  die_rows_o,
  output logic [31:0]  die_cols_o,
  output logic [31:0]  noc_groups_o
);
  noc_pkg::node_id_t id;
  noc_pkg::link_t [3:0] link_in, link_out;
  logic router_busy, core_busy;
  node_pkg::errors_t errors;
  sram_pkg::errors_t memory;
  rvfi_pkg::rvfi_t [rvfi_pkg::Channels-1:0] rvfi;
  core_pkg::thread_status_t [cfg_pkg::Threads-1:0] status;
  logic [cfg_pkg::Threads-1:0] faulted;
  logic [rvfi_pkg::Channels-1:0] matrix_step;

  assign sram_banks_o = cfg_pkg::SramBanks;
  assign sram_rows_o = cfg_pkg::SramRows;
  assign noc_buffer_depth_o = cfg_pkg::NocBufferDepth;
  assign die_rows_o = cfg_pkg::DieRows;
  assign die_cols_o = cfg_pkg::DieCols;
  assign noc_groups_o = cfg_pkg::NocGroups;

  assign memory_fixed_o = memory.fixed;
  assign memory_fixed_at_o = memory.fixed_at;
  assign memory_lost_o = memory.lost;
  assign memory_lost_at_o = memory.lost_at;

  assign id = '{die: die_i, y: y_i, x: x_i};

  assign error_o = {errors.lost, errors.get_fault, errors.uncorrectable, errors.overflow, errors.malformed};
  assign malformed_header_o = errors.malformed_header;
  assign overflow_sem_o = errors.overflow_sem;
  assign overflow_src_o = errors.overflow_src;
  assign get_fault_node_o = errors.get_fault_node;
  assign lost_dst_o = errors.lost_dst;

  for (genvar d = 0; d < 4; d++) begin : gen_link
    assign link_in[d] = {link_valid_i[d], link_packet_i[d]};
    assign link_valid_o[d] = link_out[d].valid;
    assign link_packet_o[d] = link_out[d].packet;
  end

  node u_node (
    .clk_router_i,
    .clk_core_i,
    .rst_ni,
    .id_i(id),
    .edge_i,
    .time_i,
    .link_i(link_in),
    .link_o(link_out),
    .credit_i,
    .credit_o,
    .router_busy_o(router_busy),
    .core_busy_o(core_busy),
    .rvfi_o(rvfi),
    .status_o(status),
    .errors_o(errors),
    .memory_o(memory)
  );

  for (genvar t = 0; t < cfg_pkg::Threads; t++) begin : gen_thread
    assign thread_state_o[t] = status[t].state;
    assign thread_cause_o[t] = status[t].cause;
    assign thread_pc_o[t] = status[t].pc;
    assign thread_value_o[t] = status[t].value;
    for (genvar i = 0; i < isa_pkg::Counters; i++) begin : gen_counter
      assign counter_o[isa_pkg::Counters*t+i] = u_node.u_core.u_scalar.u_counters.count_q[t][i] +
          64'(u_node.u_core.u_scalar.u_counters.gen_thread[t].counts[i]);
    end
    // What issued in the last cycle counts unless it is void.
    logic issued_q, issues;
    logic [63:0] before_q;
    assign issues      = issued_q && !u_node.u_core.voided[t];
    assign issued_o[t] = before_q + 64'(issues);
    always_ff @(posedge clk_core_i) begin
      issued_q <= rst_ni && u_node.u_core.u_issue.issued[t];
      if (!rst_ni) before_q <= '0;
      else if (issues) before_q <= before_q + 1'b1;
    end
    assign faulted[t] = status[t].state == core_pkg::ThreadFaulted;
  end

  logic [sram_map_pkg::Ports-1:0] held;
  assign held = u_node.u_sram.active & ~u_node.u_sram.last;
  for (genvar p = 0; p < sram_map_pkg::Ports; p++) begin : gen_port
    always_ff @(posedge clk_core_i) begin
      if (!rst_ni) held_o[p] <= '0;
      else if (held[p]) held_o[p] <= held_o[p] + 1'b1;
    end
  end

  for (genvar c = 0; c < rvfi_pkg::Channels; c++) begin : gen_retire
    localparam logic [6:0] Custom1 = 7'b0101011;  // the matrix opcode; funct3 010 are read-outs and writes
    localparam logic [2:0] NoStep = 3'b010;

    assign retire_valid_o[c] = rvfi[c].valid;
    assign matrix_step[c] = rvfi[c].valid && !rvfi[c].trap && rvfi[c].insn[6:0] == Custom1 &&
                            rvfi[c].insn[14:12] != NoStep;
    assign retire_thread_o[c] = rvfi[c].thread;
    assign retire_order_o[c] = rvfi[c].order;
    assign retire_pc_o[c] = rvfi[c].pc_rdata;
    assign retire_insn_o[c] = rvfi[c].insn;
    assign retire_trap_o[c] = rvfi[c].trap;
    assign retire_halt_o[c] = rvfi[c].halt;
  end

  assign flags_o = {
    8'($countones(retire_valid_o)),
    u_node.u_sram.sweeps,
    u_node.wr_done[u_node.Stores],
    matrix_step != '0,
    u_node.eject_valid != '0,
    error_o != '0,
    faulted != '0,
    core_busy,
    router_busy
  };

  // Asked for only when a thread's state is told: it costs a running simulation nothing.
  export "DPI-C" function semaphore_value;

  function automatic int semaphore_value(input int index);
    return int'(u_node.u_semaphores.value_q[index]);
  endfunction
endmodule : node_top
