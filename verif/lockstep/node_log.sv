// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What happens in a node, told to C++ (`engine::NodeLog`) as it happens: every request to the SRAM and the cycle in which
/// each of its words is read or written, whose loads and stores they are, everything that retires, and what reaches the
/// core from outside. Bound to the RTL in the model flavour `check`; nothing of it is in any other model or in synthesis.
package node_log_pkg;
  import "DPI-C" function void tatami_log_request(
    input byte unsigned port,
    input byte unsigned en,
    input bit [sram_pkg::Words*32-1:0] addr,
    input bit [sram_pkg::Words*64-1:0] data,
    input bit [sram_pkg::Words*8-1:0] strb
  );
  import "DPI-C" function void tatami_log_take(
    input byte unsigned port,
    input byte unsigned words
  );
  import "DPI-C" function void tatami_log_response(
    input byte unsigned port,
    input bit [sram_pkg::Words*64-1:0] data,
    input byte unsigned lost
  );
  import "DPI-C" function void tatami_log_load(input byte unsigned thread);
  import "DPI-C" function void tatami_log_store(input byte unsigned thread);
  import "DPI-C" function void tatami_log_start(
    input byte unsigned thread,
    input longint unsigned pc
  );
  import "DPI-C" function void tatami_log_stop(input byte unsigned thread);
  import "DPI-C" function void tatami_log_post(
    input byte unsigned semaphore,
    input shortint unsigned count
  );
  import "DPI-C" function void tatami_log_vector(
    input byte unsigned thread,
    input byte unsigned number,
    input bit [511:0] value
  );
  import "DPI-C" function void tatami_log_retire(
    input byte unsigned thread,
    input longint unsigned order,
    input int unsigned insn,
    input byte unsigned flags,  // trap, intr, halt, vd_valid, from bit 0
    input byte unsigned rd_addr,
    input longint unsigned rd_wdata,
    input longint unsigned pc_rdata,
    input longint unsigned pc_wdata,
    input longint unsigned mem_addr,
    input byte unsigned mem_rmask,
    input byte unsigned mem_wmask,
    input longint unsigned mem_rdata,
    input longint unsigned mem_wdata,
    input byte unsigned vd_addr,
    input bit [511:0] vd_wdata
  );
endpackage

/// The SRAM's ports, readers first.
module sram_log (
  input logic                                clk_i,
  input logic                                rst_ni,
  input logic [sram_map_pkg::Readers-1:0]    rd_valid_i,
  input logic [sram_map_pkg::Readers-1:0]    rd_ready_i,
  input sram_pkg::read_req_t                 rd_i[sram_map_pkg::Readers],
  input logic [sram_map_pkg::Readers-1:0]    rd_answer_i,
  input sram_pkg::read_rsp_t                 rd_rsp_i[sram_map_pkg::Readers],
  input logic [sram_map_pkg::Writers-1:0]    wr_valid_i,
  input logic [sram_map_pkg::Writers-1:0]    wr_ready_i,
  input sram_pkg::write_req_t                wr_i[sram_map_pkg::Writers],
  input logic [sram_pkg::Words-1:0]          take_i[sram_map_pkg::Ports]
);
  function automatic bit [sram_pkg::Words*32-1:0] wide(input sram_pkg::word_addr_t [sram_pkg::Words-1:0] addr);
    bit [sram_pkg::Words*32-1:0] words;
    for (int unsigned i = 0; i < sram_pkg::Words; i++) words[32*i+:32] = 32'(addr[i]);
    return words;
  endfunction

  // A port that is granted its last words may take the next request in the same cycle: grants go first.
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      for (int unsigned p = 0; p < sram_map_pkg::Ports; p++) begin
        if (take_i[p] != '0) node_log_pkg::tatami_log_take(8'(p), take_i[p]);
      end
      for (int unsigned p = 0; p < sram_map_pkg::Readers; p++) begin
        if (rd_valid_i[p] && rd_ready_i[p]) begin
          node_log_pkg::tatami_log_request(8'(p), rd_i[p].en, wide(rd_i[p].addr), '0, '0);
        end
        if (rd_answer_i[p]) node_log_pkg::tatami_log_response(8'(p), rd_rsp_i[p].data, rd_rsp_i[p].uncorrectable);
      end
      for (int unsigned p = 0; p < sram_map_pkg::Writers; p++) begin
        if (wr_valid_i[p] && wr_ready_i[p]) begin
          node_log_pkg::tatami_log_request(8'(sram_map_pkg::Readers + p), wr_i[p].en, wide(wr_i[p].addr), wr_i[p].data,
                                           wr_i[p].strb);
        end
      end
    end
  end
endmodule : sram_log

/// Whose load or store goes to the SRAM next, per port.
module access_log #(
  parameter bit Store = 1'b0
) (
  input logic              clk_i,
  input logic              rst_ni,
  input logic              push_i,
  input pipe_pkg::thread_t thread_i
);
  always_ff @(posedge clk_i) begin
    if (rst_ni && push_i) begin
      if (Store) node_log_pkg::tatami_log_store(8'(thread_i));
      else node_log_pkg::tatami_log_load(8'(thread_i));
    end
  end
endmodule : access_log

/// Threads that the mesh starts, and those that a late fault stops.
module thread_log (
  input logic                        clk_i,
  input logic                        rst_ni,
  input logic [cfg_pkg::Threads-1:0] start_i,
  input logic [63:0]                 start_pc_i,
  input logic [cfg_pkg::Threads-1:0] stop_i
);
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      for (int unsigned t = 0; t < cfg_pkg::Threads; t++) begin
        if (start_i[t]) node_log_pkg::tatami_log_start(8'(t), start_pc_i);
        if (stop_i[t]) node_log_pkg::tatami_log_stop(8'(t));
      end
    end
  end
endmodule : thread_log

/// What retires, and posts from the mesh.
module node_log (
  input logic                                     clk_i,
  input logic                                     rst_ni,
  input rvfi_pkg::rvfi_t [rvfi_pkg::Channels-1:0] rvfi_i,
  input logic                                     post_valid_i,
  input logic [5:0]                               post_sem_i,
  input logic [15:0]                              post_value_i
);
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      if (post_valid_i) node_log_pkg::tatami_log_post(8'(post_sem_i), post_value_i);
      for (int unsigned c = 0; c < rvfi_pkg::Channels; c++) begin
        if (rvfi_i[c].valid) begin
          node_log_pkg::tatami_log_retire(
              8'(rvfi_i[c].thread), rvfi_i[c].order, rvfi_i[c].insn, 8'({
              rvfi_i[c].vd_valid, rvfi_i[c].halt, rvfi_i[c].intr, rvfi_i[c].trap}), 8'(rvfi_i[c].rd_addr),
              rvfi_i[c].rd_wdata, rvfi_i[c].pc_rdata, rvfi_i[c].pc_wdata, rvfi_i[c].mem_addr, rvfi_i[c].mem_rmask,
              rvfi_i[c].mem_wmask, rvfi_i[c].mem_rdata, rvfi_i[c].mem_wdata, 8'(rvfi_i[c].vd_addr), rvfi_i[c].vd_wdata);
        end
      end
    end
  end
endmodule : node_log

/// What vector registers hold after reset: anything, and programs may copy it.
module vector_log (
  input logic clk_i,
  input logic rst_ni
);
  logic told_q;

  always_ff @(posedge clk_i) told_q <= rst_ni;

  for (genvar t = 0; t < cfg_pkg::Threads; t++) begin : gen_log
    always_ff @(posedge clk_i) begin
      if (rst_ni && !told_q) begin
        for (int unsigned i = 0; i < 32; i++) begin
          node_log_pkg::tatami_log_vector(8'(t), 8'(i), 512'(vector_stage.gen_thread[t].u_thread.mem_q[i]));
        end
      end
    end
  end
endmodule : vector_log

bind vector_stage vector_log u_log (
  .clk_i,
  .rst_ni
);

bind sram sram_log u_log (
  .clk_i,
  .rst_ni,
  .rd_valid_i,
  .rd_ready_i (rd_ready_o),
  .rd_i,
  .rd_answer_i(rd_valid_o),
  .rd_rsp_i   (rd_o),
  .wr_valid_i,
  .wr_ready_i (wr_ready_o),
  .wr_i,
  .take_i     (take)
);

bind memory_pipe access_log #(
  .Store(1'b0)
) u_log (
  .clk_i,
  .rst_ni,
  .push_i(push),
  .thread_i(slot_q.thread)
);

bind store_port access_log #(
  .Store(1'b1)
) u_log (
  .clk_i,
  .rst_ni,
  .push_i(push),
  .thread_i(slot.thread)
);

bind thread_control thread_log u_log (
  .clk_i,
  .rst_ni,
  .start_i(mesh_starts),
  .start_pc_i,
  .stop_i (late_ripe_q)
);

bind node node_log u_log (
  .clk_i       (clk_core_i),
  .rst_ni,
  .rvfi_i      (rvfi_o),
  .post_valid_i(post_valid),
  .post_sem_i  (post_sem),
  .post_value_i(post_value)
);
