// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Which way packets turn in a router: from each port to each other one, in each class, and copies for several ports.
/// Ports count as in noc_pkg::port_e: local, north, east, south, west.
module router_cover (
  input logic                     clk_i,
  input logic                     rst_ni,
  input noc_pkg::link_t     [3:0] link_i,
  input logic               [1:0] inject_valid_i,
  input logic               [1:0] inject_ready_o,
  input noc_pkg::packet_t   [1:0] inject_i
);
  for (genvar c = 0; c < 2; c++) begin : gen_class
    logic enters;
    assign enters = rst_ni && inject_valid_i[c] && inject_ready_o[c];
    for (genvar o = 0; o < 5; o++) begin : gen_to
      from_local :
      cover property (@(posedge clk_i) enters && inject_i[c].header.ports[o]);
    end
    for (genvar i = 0; i < 4; i++) begin : gen_from
      logic comes;
      assign comes = rst_ni && link_i[i].valid && link_i[i].packet.header.cls == noc_pkg::class_e'(c);
      for (genvar o = 0; o < 5; o++) begin : gen_to
        if (o != i + 1) begin : gen_turn
          turn :
          cover property (@(posedge clk_i) comes && link_i[i].packet.header.ports[o]);
        end
      end
    end
  end
  for (genvar i = 0; i < 4; i++) begin : gen_copies
    copies :
    cover property (@(posedge clk_i) rst_ni && link_i[i].valid && $countones(link_i[i].packet.header.ports) > 1);
  end
endmodule : router_cover

bind router router_cover u_cover (.*);
