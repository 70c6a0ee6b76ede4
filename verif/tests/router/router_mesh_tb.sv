// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// A die of 3 x 3 routers without nodes; node n is at y = n / 3, x = n % 3. The host link is at the west of node 0.
/// Credits between routers can be held back one by one (`credit_hold_i`, bit = 8 * node + 2 * link + class of the router that
/// waits for the credit). A packet is 20 words: payload, then header.
module router_mesh_tb (
  input  logic         clk_i,
  input  logic         rst_ni,
  // per node and class, index = 2 * node + class
  input  logic [17:0]  inject_valid_i,
  output logic [17:0]  inject_ready_o,
  input  logic [639:0] inject_packet_i[18],
  output logic [17:0]  eject_valid_o,
  input  logic [17:0]  eject_ready_i,
  output logic [639:0] eject_packet_o[18],
  // host
  input  logic         host_valid_i,
  input  logic [639:0] host_packet_i,
  output logic [1:0]   host_credit_o,
  output logic         host_valid_o,
  output logic [639:0] host_packet_o,
  input  logic [1:0]   host_credit_i,
  input  logic [71:0]  credit_hold_i,
  // writes to the group tables, bit = node
  input  logic [8:0]   group_write_i,
  input  logic [9:0]   group_index_i,
  input  logic [24:0]  group_data_i,
  output logic [8:0]   busy_o
);
  localparam int Rows = 3;
  localparam int Cols = 3;
  localparam int Nodes = Rows * Cols;

  noc_pkg::link_t [3:0] link_in[Nodes];
  noc_pkg::link_t [3:0] link_out[Nodes];
  logic [3:0][1:0] credit_in[Nodes];
  logic [3:0][1:0] credit_out[Nodes];

  for (genvar n = 0; n < Nodes; n++) begin : gen_node
    noc_pkg::packet_t [1:0] inject, eject;
    logic lost;
    router_pkg::lost_t lost_dst;

    `TATAMI_ASSERT(NothingLost, !lost)

    for (genvar c = 0; c < 2; c++) begin : gen_class
      assign inject[c] = inject_packet_i[2*n+c];
      assign eject_packet_o[2*n+c] = eject[c];
    end

    router u_router (
      .clk_i,
      .rst_ni,
      .id_i({20'd0, 5'(n / Cols), 5'(n % Cols)}),
      .edge_i({n % Cols == 0, n / Cols == Rows - 1, n % Cols == Cols - 1, n / Cols == 0}),
      .link_i(link_in[n]),
      .link_o(link_out[n]),
      .credit_i(credit_in[n]),
      .credit_o(credit_out[n]),
      .inject_valid_i(inject_valid_i[2*n+:2]),
      .inject_ready_o(inject_ready_o[2*n+:2]),
      .inject_i(inject),
      .route_write_i('{entry: 1'b0, exit: 1'b0, group: group_write_i[n], index: group_index_i, data: group_data_i}),
      .eject_valid_o(eject_valid_o[2*n+:2]),
      .eject_ready_i(eject_ready_i[2*n+:2]),
      .eject_o(eject),
      .lost_o(lost),
      .lost_dst_o(lost_dst),
      .busy_o(busy_o[n])
    );

    // North 0, east 1, south 2, west 3; the neighbour's facing link is 2 further round.
    for (genvar l = 0; l < 4; l++) begin : gen_link
      localparam int Y = n / Cols + ((l == 2) ? 1 : (l == 0) ? -1 : 0);
      localparam int X = n % Cols + ((l == 1) ? 1 : (l == 3) ? -1 : 0);
      if (Y >= 0 && Y < Rows && X >= 0 && X < Cols) begin : gen_inner
        localparam int Peer = Y * Cols + X;
        localparam int PeerLink = (l + 2) % 4;
        assign link_in[n][l] = link_out[Peer][PeerLink];
        for (genvar c = 0; c < 2; c++) begin : gen_credit
          logic [3:0] held_q;  // credits that came but were held back
          logic hold;
          assign hold = credit_hold_i[8*n+2*l+c];
          assign credit_in[n][l][c] = !hold && (held_q != '0 || credit_out[Peer][PeerLink][c]);
          always_ff @(posedge clk_i) begin
            if (!rst_ni) held_q <= '0;
            else held_q <= held_q + 4'(credit_out[Peer][PeerLink][c]) - 4'(credit_in[n][l][c]);
          end
        end
      end else if (n == 0 && l == 3) begin : gen_host
        assign link_in[n][l] = {host_valid_i, host_packet_i};
        assign credit_in[n][l] = host_credit_i;
        assign {host_valid_o, host_packet_o} = link_out[n][l];
        assign host_credit_o = credit_out[n][l];
      end else begin : gen_edge
        assign link_in[n][l] = '0;
        assign credit_in[n][l] = '0;
        `TATAMI_ASSERT(NothingLeaves, !link_out[n][l].valid)
      end
    end
  end
endmodule : router_mesh_tb
