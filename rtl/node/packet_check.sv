// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Decides whether a packet may take effect at its destination. Combinational; one per class.
///
/// A put must be 8 B aligned in address and length, at most 64 B, and inside the SRAM; a control write must name an
/// existing register, and a semaphore takes at most 65535; a get must come as a request.
module packet_check (
  input  noc_pkg::header_t header_i,
  input  logic             value_wide_i,  // payload word 0 is above 65535
  output logic             is_sem_o,  // a control write to a semaphore
  output logic             legal_o
);
  localparam logic [29:0] SemBytes = 30'(noc_pkg::CtrlStride * cfg_pkg::Semaphores);
  localparam logic [29:0] StartBytes = 30'(noc_pkg::CtrlStride * cfg_pkg::Threads);

  logic aligned, is_start, post_legal;

  assign aligned = header_i.addr[2:0] == 3'd0;
  assign is_sem_o = header_i.addr - 30'(noc_pkg::CtrlSemBase) < SemBytes;
  assign is_start = header_i.addr - 30'(noc_pkg::CtrlStartBase) < StartBytes;
  assign post_legal = !header_i.post || int'(header_i.sem) < cfg_pkg::Semaphores;

  always_comb begin
    legal_o = 1'b0;
    unique case (header_i.op)
      noc_pkg::OpPut:
      legal_o = post_legal && (header_i.len == 7'd0 ||
                (aligned && header_i.len[2:0] == 3'd0 && header_i.len <= 7'd64 &&
                 31'(header_i.addr) + 31'(header_i.len) <= 31'(cfg_pkg::SramBytes)));
      noc_pkg::OpGet: legal_o = header_i.cls == noc_pkg::Request;
      noc_pkg::OpCtrl: legal_o = aligned && ((is_sem_o && !value_wide_i) || is_start);
      default: ;
    endcase
  end

  logic unused_header;
  assign unused_header = ^header_i;
endmodule : packet_check
