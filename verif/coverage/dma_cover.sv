// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Which kinds of descriptors are carried out, and with which options.
module dma_cover (
  input logic                clk_i,
  input logic                rst_ni,
  input logic                job_valid_o,
  input logic                job_ready_i,
  input dma_pkg::job_t       job_o,
  input logic                fault_valid_o,
  input noc_pkg::node_id_t   id_i
);
  logic go;
  noc_pkg::descriptor_t d;
  assign go = rst_ni && job_valid_o && job_ready_i;
  assign d = job_o.descriptor;

  for (genvar k = 0; k < 3; k++) begin : gen_kind
    logic of_kind;
    assign of_kind = go && d.kind == noc_pkg::kind_e'(k);
    plain :
    cover property (@(posedge clk_i) of_kind && !d.post && !d.gather);
    posts :
    cover property (@(posedge clk_i) of_kind && d.post);
    posts_only :
    cover property (@(posedge clk_i) of_kind && job_o.is_empty);
    several_rows :
    cover property (@(posedge clk_i) of_kind && d.rows > 1);
    backwards :
    cover property (@(posedge clk_i) of_kind && d.rows > 1 && $signed(d.dst_pitch) < 0);
    to_itself :
    cover property (@(posedge clk_i) of_kind && !job_o.cast && job_o.node == id_i);
    to_others :
    cover property (@(posedge clk_i) of_kind && !job_o.cast && job_o.node != id_i);
  end
  casts :
  cover property (@(posedge clk_i) go && job_o.cast);
  gathers :
  cover property (@(posedge clk_i) go && job_o.is_gather);
  pad_top :
  cover property (@(posedge clk_i) go && d.pad_top != '0);
  pad_bottom :
  cover property (@(posedge clk_i) go && d.pad_bottom != '0);
  pad_left :
  cover property (@(posedge clk_i) go && d.pad_left != '0);
  pad_right :
  cover property (@(posedge clk_i) go && d.pad_right != '0);
  all_padding :
  cover property (@(posedge clk_i) go && d.kind != noc_pkg::KindZero && job_o.read_rows == '0 && !job_o.is_empty);
  faults :
  cover property (@(posedge clk_i) rst_ni && fault_valid_o);
endmodule : dma_cover

bind dma_check dma_cover u_cover (.*);
