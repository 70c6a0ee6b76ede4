// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Which way packets turn in a router: from each port to each other one, in each class, copies for several ports, and what comes
/// over an edge of the die. Ports count as in noc_pkg::port_e: local, north, east, south, west.
module router_cover (
  input logic                            clk_i,
  input logic                            rst_ni,
  input logic [3:0]                      edge_i,
  // what arrives, by source: links, then the node by class; and the ports that it takes
  input logic [router_pkg::Sources-1:0]  comes,
  input noc_pkg::packet_t                arriving[router_pkg::Sources],
  input router_pkg::ports_t              ports[router_pkg::Sources]
);
  for (genvar c = 0; c < 2; c++) begin : gen_class
    for (genvar o = 0; o < 5; o++) begin : gen_to
      from_local :
      cover property (@(posedge clk_i) rst_ni && comes[router_pkg::Links+c] && ports[router_pkg::Links+c][o]);
    end
    for (genvar i = 0; i < 4; i++) begin : gen_from
      logic here;
      assign here = rst_ni && comes[i] && arriving[i].header.cls == noc_pkg::class_e'(c);
      for (genvar o = 0; o < 5; o++) begin : gen_to
        if (o != i + 1) begin : gen_turn
          turn :
          cover property (@(posedge clk_i) here && ports[i][o]);
        end
      end
      over_edge :
      cover property (@(posedge clk_i) here && edge_i[i]);
    end
  end
  for (genvar s = 0; s < 6; s++) begin : gen_copies
    copies :
    cover property (@(posedge clk_i) rst_ni && comes[s] && (ports[s] & (ports[s] - 1'b1)) != '0);
  end
endmodule : router_cover

bind router router_cover u_cover (.*);
