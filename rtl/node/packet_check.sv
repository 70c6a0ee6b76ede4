// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Decides whether a packet may take effect at its destination. Combinational; one per class.
///
/// A put must be 8 B aligned in address and length, at most 64 B, and inside the SRAM; a control write must name an
/// existing register, whose value is of any size for a thread's start, of a group's entry for a group, and at most 65535 for
/// semaphores and routes; bits of a word are inverted only with the key in payload word 1; a get must come as a request for
/// this node alone.
module packet_check (
  input  noc_pkg::header_t header_i,
  input  logic [63:16]     value_i,  // payload word 0 above 65535
  input  logic             key_i,    // payload word 1 holds the key
  // the register of a control write
  output logic             is_sem_o,
  output logic             is_route_o,
  output logic             is_exit_o,
  output logic             is_group_o,
  output logic             is_flip_o,
  output logic             legal_o
);
  localparam logic [29:0] SemBytes = 30'(noc_pkg::CtrlStride * cfg_pkg::Semaphores);
  localparam logic [29:0] StartBytes = 30'(noc_pkg::CtrlStride * cfg_pkg::Threads);

  localparam logic [29:0] RouteBytes = 30'(noc_pkg::CtrlStride * 1024);
  localparam logic [29:0] GroupBytes = 30'(noc_pkg::CtrlStride * cfg_pkg::NocGroups);

  logic aligned, is_start, post_legal, is_narrow, is_group_value;
  logic [4:0] route_y, route_x;

  assign aligned = header_i.addr[2:0] == 3'd0;
  assign is_sem_o = header_i.addr - 30'(noc_pkg::CtrlSemBase) < SemBytes;
  assign is_start = header_i.addr - 30'(noc_pkg::CtrlStartBase) < StartBytes;
  assign {route_y, route_x} = header_i.addr[12:3];
  assign is_route_o = header_i.addr - 30'(noc_pkg::CtrlRouteBase) < RouteBytes && int'(route_y) < cfg_pkg::DieRows &&
                      int'(route_x) < cfg_pkg::DieCols;
  assign is_exit_o = header_i.addr == 30'(noc_pkg::CtrlExitBase);
  assign is_group_o = header_i.addr - 30'(noc_pkg::CtrlGroupBase) < GroupBytes;
  assign is_narrow = value_i == '0;
  assign is_group_value = value_i[63:$bits(noc_pkg::group_entry_t)] == '0;
  assign is_flip_o = header_i.addr - 30'(noc_pkg::CtrlFlipBase) < 30'(cfg_pkg::SramBytes);
  assign post_legal = !header_i.post || int'(header_i.sem) < cfg_pkg::Semaphores;

  always_comb begin
    legal_o = 1'b0;
    unique case (header_i.op)
      noc_pkg::OpPut:
      legal_o = post_legal && (header_i.len == 7'd0 ||
                (aligned && header_i.len[2:0] == 3'd0 && header_i.len <= 7'd64 &&
                 31'(header_i.addr) + 31'(header_i.len) <= 31'(cfg_pkg::SramBytes)));
      noc_pkg::OpGet: legal_o = header_i.cls == noc_pkg::Request && !header_i.cast;
      noc_pkg::OpCtrl:
      legal_o = aligned && (is_start || (key_i && is_flip_o) || (is_narrow && (is_sem_o || is_route_o || is_exit_o)) ||
                            (is_group_value && is_group_o));
      default: ;
    endcase
  end

  logic unused_header;
  assign unused_header = ^header_i;
endmodule : packet_check
