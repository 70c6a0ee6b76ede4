// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// A mesh of Rows x Cols nodes with their clock gates. Node (y, x) has index y * Cols + x.
///
/// All links over the die's edges come out, by column (north, south) and by row (east, west). Packets for other dies leave by the
/// die's exit, after reset the west link of node (0,0), where the host is; a link that nobody uses is tied to zero, and routes
/// send nothing out there. With `sleep_en_i` low all clocks run; results do not depend on it. The `probe_*` outputs show the outputs of
/// all nodes.
module mesh #(
  parameter int unsigned Rows = 2,
  parameter int unsigned Cols = 2,
  localparam int unsigned Nodes = Rows * Cols
) (
  input  logic                                                        clk_i,
  input  logic                                                        rst_ni,
  input  logic                                                        sleep_en_i,
  input  logic [19:0]                                                 die_i,
  input  logic [63:0]                                                 time_i,
  // links over the edges
  input  noc_pkg::link_t [Cols-1:0] north_link_i,
  output noc_pkg::link_t [Cols-1:0] north_link_o,
  input  logic [Cols-1:0][1:0] north_credit_i,
  output logic [Cols-1:0][1:0] north_credit_o,
  input  noc_pkg::link_t [Rows-1:0] east_link_i,
  output noc_pkg::link_t [Rows-1:0] east_link_o,
  input  logic [Rows-1:0][1:0] east_credit_i,
  output logic [Rows-1:0][1:0] east_credit_o,
  input  noc_pkg::link_t [Cols-1:0] south_link_i,
  output noc_pkg::link_t [Cols-1:0] south_link_o,
  input  logic [Cols-1:0][1:0] south_credit_i,
  output logic [Cols-1:0][1:0] south_credit_o,
  input  noc_pkg::link_t [Rows-1:0] west_link_i,
  output noc_pkg::link_t [Rows-1:0] west_link_o,
  input  logic [Rows-1:0][1:0] west_credit_i,
  output logic [Rows-1:0][1:0] west_credit_o,
  // observation, by node
  output noc_pkg::link_t [Nodes-1:0][3:0]                             probe_link_o,
  output logic [Nodes-1:0][3:0][1:0]                                  probe_credit_o,
  output rvfi_pkg::rvfi_t [Nodes-1:0][rvfi_pkg::Channels-1:0]         probe_rvfi_o,
  output core_pkg::thread_status_t [Nodes-1:0][cfg_pkg::Threads-1:0]  probe_status_o,
  output node_pkg::errors_t [Nodes-1:0]                               probe_errors_o,
  // the clocks that run in this cycle
  output logic [Nodes-1:0]                                            router_on_o,
  output logic [Nodes-1:0]                                            core_on_o,
  output logic                                                        busy_o
);
  localparam int unsigned North = 0;
  localparam int unsigned East = 1;
  localparam int unsigned South = 2;
  localparam int unsigned West = 3;

  `TATAMI_ASSERT_STATIC(RowCount, Rows >= 1 && Rows <= 32, "Rows must be 1 to 32: a position has five bits for it")
  `TATAMI_ASSERT_STATIC(ColCount, Cols >= 1 && Cols <= 32, "Cols must be 1 to 32: a position has five bits for it")

  logic [Nodes-1:0] router_busy, core_busy;

  for (genvar y = 0; y < Rows; y++) begin : gen_row
    for (genvar x = 0; x < Cols; x++) begin : gen_col
      localparam int unsigned N = y * Cols + x;

      noc_pkg::node_id_t id;
      noc_pkg::link_t [3:0] link_in;
      logic [3:0][1:0] credit_in;
      logic clk_router, clk_core;
      sram_pkg::errors_t memory, unused_memory;

      assign unused_memory = memory;

      assign id = '{die: die_i, y: 5'(y), x: 5'(x)};

      if (y > 0) begin : gen_north
        assign link_in[North] = probe_link_o[N-Cols][South];
        assign credit_in[North] = probe_credit_o[N-Cols][South];
      end else begin : gen_north_edge
        assign link_in[North] = north_link_i[x];
        assign credit_in[North] = north_credit_i[x];
        assign north_link_o[x] = probe_link_o[N][North];
        assign north_credit_o[x] = probe_credit_o[N][North];
      end

      if (y + 1 < Rows) begin : gen_south
        assign link_in[South] = probe_link_o[N+Cols][North];
        assign credit_in[South] = probe_credit_o[N+Cols][North];
      end else begin : gen_south_edge
        assign link_in[South] = south_link_i[x];
        assign credit_in[South] = south_credit_i[x];
        assign south_link_o[x] = probe_link_o[N][South];
        assign south_credit_o[x] = probe_credit_o[N][South];
      end

      if (x + 1 < Cols) begin : gen_east
        assign link_in[East] = probe_link_o[N+1][West];
        assign credit_in[East] = probe_credit_o[N+1][West];
      end else begin : gen_east_edge
        assign link_in[East] = east_link_i[y];
        assign credit_in[East] = east_credit_i[y];
        assign east_link_o[y] = probe_link_o[N][East];
        assign east_credit_o[y] = probe_credit_o[N][East];
      end

      if (x > 0) begin : gen_west
        assign link_in[West] = probe_link_o[N-1][East];
        assign credit_in[West] = probe_credit_o[N-1][East];
      end else begin : gen_west_edge
        assign link_in[West] = west_link_i[y];
        assign credit_in[West] = west_credit_i[y];
        assign west_link_o[y] = probe_link_o[N][West];
        assign west_credit_o[y] = probe_credit_o[N][West];
      end

      assign router_on_o[N] = !rst_ni || !sleep_en_i || router_busy[N] || credit_in != '0 || link_in[North].valid ||
                              link_in[East].valid || link_in[South].valid || link_in[West].valid;
      assign core_on_o[N] = !rst_ni || !sleep_en_i || core_busy[N];

      clk_gate u_router_gate (
        .clk_i,
        .en_i(router_on_o[N]),
        .clk_o(clk_router)
      );

      clk_gate u_core_gate (
        .clk_i,
        .en_i(core_on_o[N]),
        .clk_o(clk_core)
      );

      node u_node (
        .clk_router_i(clk_router),
        .clk_core_i(clk_core),
        .rst_ni,
        .id_i(id),
        .edge_i({x == 0, y + 1 == Rows, x + 1 == Cols, y == 0}),
        .time_i,
        .link_i(link_in),
        .link_o(probe_link_o[N]),
        .credit_i(credit_in),
        .credit_o(probe_credit_o[N]),
        .router_busy_o(router_busy[N]),
        .core_busy_o(core_busy[N]),
        .rvfi_o(probe_rvfi_o[N]),
        .status_o(probe_status_o[N]),
        .errors_o(probe_errors_o[N]),
        .memory_o(memory)
      );
    end
  end

  assign busy_o = router_busy != '0 || core_busy != '0;
endmodule : mesh
