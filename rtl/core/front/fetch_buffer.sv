// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Instruction buffer of one thread: two 32 B windows (16 instructions), filled a window at a time, emptied in order.
///
/// A window counts from its first wanted instruction to its last: a branch that is expected to be taken, or the end.
/// Latency: 1 cycle from push to head, which is a register, and decoded on its way there. Throughput: one instruction per
/// cycle out, one window per cycle in.
/// `flush_i` wins over push and pop in the same cycle. The writer pushes only after it has seen `space_o`.
module fetch_buffer (
  input  logic            clk_i,
  input  logic            rst_ni,
  input  logic            flush_i,
  // Windows in.
  output logic            space_o,
  input  logic            push_valid_i,
  input  logic            push_fault_i,   // the window could not be fetched
  input  logic [2:0]      push_first_i,
  input  logic            push_taken_i,   // the thread is expected to go on at `push_target_i`
  input  logic [2:0]      push_last_i,    // then: behind this instruction
  input  logic [63:0]     push_target_i,
  input  logic [7:0][31:0] push_data_i,
  // Instructions out.
  output logic            valid_o,
  output logic            fault_o,
  output logic [31:0]     insn_o,
  output isa_pkg::decoded_t dec_o,        // zero with a fault
  output logic            taken_o,        // and then the thread is expected at `target_o`
  output logic [63:0]     target_o,
  input  logic            pop_i
);
  logic [31:0] insn_q[16];
  logic [1:0] full_q, fault_q, taken_q;
  logic [2:0] first_q[2];
  logic [2:0] last_q[2];
  logic [63:0] target_q[2];
  logic wslot_q, slot, other, at_end, comes;
  logic [3:0] read_q, next;
  typedef struct packed {
    logic fault;
    logic [31:0] insn;
  } fetched_t;
  typedef struct packed {
    fetched_t fetched;
    isa_pkg::decoded_t dec;
  } head_t;
  // Registers of their own: full_q[slot], and what `read_q` names.
  logic valid_q;
  head_t head_q;
  fetched_t next_head;

  function automatic head_t decoded(input fetched_t fetched);
    decoded.fetched = fetched;
    decoded.dec     = '0;
    if (!fetched.fault) decoded.dec = isa_pkg::decode(fetched.insn);
  endfunction

  assign slot      = read_q[3];
  assign other     = !slot;
  assign at_end    = read_q[2:0] == last_q[slot];
  assign space_o   = full_q != 2'b11;
  assign valid_o   = valid_q;
  assign fault_o   = head_q.fetched.fault;
  assign insn_o    = head_q.fetched.insn;
  assign dec_o     = head_q.dec;
  assign taken_o   = taken_q[slot] && at_end;
  assign target_o  = target_q[slot];
  // The instruction behind the head, or the first one: of the window that comes, if any, when nothing else is there.
  assign comes     = !valid_q || (at_end && !full_q[other]);
  assign next      = !at_end ? read_q + 1'b1 : {other, full_q[other] ? first_q[other] : push_first_i};
  assign next_head = comes ? fetched_t'{fault: push_fault_i, insn: push_data_i[push_first_i]}
                           : fetched_t'{fault: fault_q[next[3]], insn: insn_q[next]};

  always_ff @(posedge clk_i) begin
    if (push_valid_i) begin
      fault_q[wslot_q]  <= push_fault_i;
      first_q[wslot_q]  <= push_first_i;
      taken_q[wslot_q]  <= push_taken_i;
      last_q[wslot_q]   <= push_taken_i ? push_last_i : 3'd7;
      target_q[wslot_q] <= push_target_i;
      for (int unsigned i = 0; i < 8; i++) insn_q[{wslot_q, 3'(i)}] <= push_data_i[i];
    end
    if (pop_i || (push_valid_i && !valid_q)) head_q <= decoded(next_head);
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni || flush_i) begin
      full_q  <= '0;
      valid_q <= 1'b0;
      wslot_q <= 1'b0;
      read_q  <= '0;
    end else begin
      if (pop_i) begin
        read_q <= next;
        if (at_end) begin
          full_q[slot] <= 1'b0;
          valid_q      <= full_q[other];
        end
      end
      if (push_valid_i) begin
        full_q[wslot_q] <= 1'b1;
        valid_q         <= 1'b1;
        wslot_q         <= ~wslot_q;
        if (!valid_q) read_q <= {wslot_q, push_first_i};
      end
    end
  end

  `TATAMI_ASSERT(Valid, valid_q == full_q[slot])
  `TATAMI_ASSERT(Head, !valid_q || head_q == decoded(fetched_t'{fault: fault_q[slot], insn: insn_q[read_q]}))
endmodule : fetch_buffer
