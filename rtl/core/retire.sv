// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// Puts together the retirement records of all instructions (rvfi_pkg), one channel per place where they retire. Nothing
/// in the core waits for it.
///
/// A record appears one cycle after its instruction is done: in stage X or M, at its late result, or, of a vector instruction
/// without one, when it leaves its queue.
module retire (
  input  logic                                      clk_i,
  input  logic                                      rst_ni,
  // Stage X of the system and the ALU pipe, and stage M of the memory pipes.
  input  pipe_pkg::slot_t                           system_i,
  input  pipe_pkg::event_t                          event_i,
  input  logic                                      alu_valid_i,
  input  pipe_pkg::slot_t                           alu_i,
  input  pipe_pkg::memory_event_t                   memory_event_i [pipe_pkg::MemoryPipes],
  input  pipe_pkg::slot_t                           memory_i [pipe_pkg::MemoryPipes],
  input  logic [63:0]                               base_i [pipe_pkg::MemoryPipes],  // first byte address
  input  pipe_pkg::xwrite_t                         write_i [pipe_pkg::MemoryPipe],
  input  pipe_pkg::xwrite_t                         written_i [pipe_pkg::MemoryPipes],  // sums
  // Late scalar results.
  input  pipe_pkg::answer_t                         answer_i [pipe_pkg::MemoryPipes],
  input  logic                                      muldiv_done_i,
  input  pipe_pkg::xwrite_t                         muldiv_i,
  // Vector instructions that leave their queue, and late vector results.
  input  logic [cfg_pkg::Threads-1:0]               pop_i,
  input  pipe_pkg::slot_t                           head_i [cfg_pkg::Threads],
  input  pipe_pkg::vector_t                         loaded_i [cfg_pkg::Threads],
  input  pipe_pkg::vwrite_t                         simd_i,
  input  logic                                      simd_function_i, // of the function unit
  input  pipe_pkg::vwrite_t                         mrd_i,
  output rvfi_pkg::rvfi_t [rvfi_pkg::Channels-1:0]  rvfi_o,
  output logic                                      busy_o
);
  localparam int unsigned Threads = cfg_pkg::Threads;
  localparam int unsigned UnitDepth = 16;  // more than any unit holds

  /// Byte mask of a scalar access.
  function automatic logic [7:0] byte_mask(input logic [1:0] log_bytes);
    return 8'((9'd1 << (4'd1 << log_bytes)) - 9'd1);
  endfunction

  function automatic logic [63:0] bit_mask(input logic [7:0] bytes);
    logic [63:0] mask;
    for (int unsigned i = 0; i < 8; i++) mask[8*i+:8] = {8{bytes[i]}};
    return mask;
  endfunction

  /// What an instruction's slot tells.
  function automatic rvfi_pkg::rvfi_t record(input pipe_pkg::slot_t slot);
    rvfi_pkg::rvfi_t r;
    logic from_memory;
    from_memory = pipe_pkg::is_vector(slot.dec) &&
                  (slot.dec.reads_mem || slot.dec.unit inside {isa_pkg::UnitVload, isa_pkg::UnitVstore});
    r          = '0;
    r.valid    = 1'b1;
    r.thread   = 2'(slot.thread);
    r.order    = slot.order;
    r.insn     = slot.insn;
    r.intr     = slot.intr;
    r.pc_rdata = slot.pc;
    r.pc_wdata = slot.pc + 64'd4;
    // In the vector queue the address stands in the place of the base register.
    if (from_memory) r.mem_addr = slot.xs1;
    if (slot.dec.reads_xs1 && !from_memory) begin
      r.rs1_addr  = slot.dec.rs1;
      r.rs1_rdata = slot.xs1;
    end
    if (slot.dec.reads_xs2 && !from_memory) begin
      r.rs2_addr  = slot.dec.rs2;
      r.rs2_rdata = slot.xs2;
    end
    return r;
  endfunction

  function automatic rvfi_pkg::rvfi_t scalar_result(input rvfi_pkg::rvfi_t r, input pipe_pkg::xwrite_t write);
    rvfi_pkg::rvfi_t result;
    result = r;
    if (write.valid) begin
      result.rd_addr  = write.rd;
      result.rd_wdata = write.data;
    end
    return result;
  endfunction

  function automatic rvfi_pkg::rvfi_t vector_result(input rvfi_pkg::rvfi_t r, input logic [4:0] vd,
                                                    input pipe_pkg::vector_t data);
    rvfi_pkg::rvfi_t result;
    result          = r;
    result.vd_valid = 1'b1;
    result.vd_addr  = vd;
    result.vd_wdata = 512'(data);
    return result;
  endfunction

  rvfi_pkg::rvfi_t come [rvfi_pkg::Channels];

  // System pipe.
  logic system_now;
  assign system_now = (event_i.commit && system_i.dec.unit != isa_pkg::UnitMuldiv) || event_i.trap.valid;

  rvfi_pkg::rvfi_t system_record;
  always_comb begin
    system_record = '0;
    if (system_now) begin
      system_record          = scalar_result(record(system_i), write_i[pipe_pkg::SystemPipe]);
      system_record.trap     = event_i.trap.valid;
      system_record.halt     = event_i.exit || (event_i.trap.valid && !event_i.handled);
      system_record.mem_addr = '0;
      if (event_i.trap.valid) system_record.pc_wdata = event_i.handled ? event_i.handler : system_i.pc;
      else if (event_i.jump || event_i.taken) system_record.pc_wdata = event_i.target;
    end
  end
  assign come[rvfi_pkg::PipeChannel+pipe_pkg::SystemPipe] = system_record;

  // ALU pipe.
  assign come[rvfi_pkg::PipeChannel+pipe_pkg::AluPipe] =
      alu_valid_i ? scalar_result(record(alu_i), write_i[pipe_pkg::AluPipe]) : '0;

  // Memory pipes: sums and scalar stores in stage M, scalar loads at their answer.
  for (genvar p = 0; p < pipe_pkg::MemoryPipes; p++) begin : gen_memory
    rvfi_pkg::rvfi_t now, load, answered;
    logic load_ready, load_valid;

    always_comb begin
      now = '0;
      if (memory_event_i[p].sum || memory_event_i[p].load || memory_event_i[p].store) begin
        now = scalar_result(record(memory_i[p]), written_i[p]);
        if (memory_i[p].dec.unit != isa_pkg::UnitAlu) now.mem_addr = base_i[p];
        if (memory_event_i[p].load) begin
          now.rd_addr   = memory_i[p].dec.rd;
          now.mem_rmask = byte_mask(memory_i[p].insn[13:12]);
        end else if (memory_i[p].dec.unit == isa_pkg::UnitStore) begin
          now.mem_wmask = byte_mask(memory_i[p].insn[13:12]);
          now.mem_wdata = memory_i[p].xs2 & bit_mask(now.mem_wmask);
        end
      end
    end
    assign come[rvfi_pkg::PipeChannel+pipe_pkg::MemoryPipe+p] = memory_event_i[p].load ? '0 : now;

    fifo #(
      .data_t(rvfi_pkg::rvfi_t),
      .Depth (pipe_pkg::LoadDepth)
    ) u_loads (
      .clk_i,
      .rst_ni,
      .valid_i(memory_event_i[p].load),
      .ready_o(load_ready),
      .data_i (now),
      .valid_o(load_valid),
      .ready_i(answer_i[p].valid && !answer_i[p].load.vec),
      .data_o (load)
    );

    always_comb begin
      answered = '0;
      if (answer_i[p].valid && !answer_i[p].load.vec) begin
        answered           = load;
        answered.mem_rdata = answer_i[p].raw;
        if (load.rd_addr != '0) answered.rd_wdata = answer_i[p].value;
      end
    end
    assign come[rvfi_pkg::LoadChannel+p] = answered;

    `TATAMI_ASSERT(LoadNote, !(answer_i[p].valid && !answer_i[p].load.vec) || load_valid)
    `TATAMI_ASSERT(LoadRoom, !memory_event_i[p].load || load_ready)
  end

  // Products and quotients.
  pipe_pkg::slot_t muldiv_q;
  always_ff @(posedge clk_i) begin
    if (event_i.commit && system_i.dec.unit == isa_pkg::UnitMuldiv) muldiv_q <= system_i;
  end

  assign come[rvfi_pkg::MuldivChannel] = muldiv_done_i ? scalar_result(record(muldiv_q), muldiv_i) : '0;

  // Vector instructions that are done when they leave their queue.
  for (genvar t = 0; t < Threads; t++) begin : gen_vector
    rvfi_pkg::rvfi_t now;
    always_comb begin
      now = '0;
      if (pop_i[t] && head_i[t].dec.unit == isa_pkg::UnitVload) begin
        now = vector_result(record(head_i[t]), head_i[t].dec.rd, loaded_i[t]);
      end else if (pop_i[t] && !head_i[t].dec.writes_vd) begin
        now = record(head_i[t]);
      end
    end
    assign come[rvfi_pkg::VectorChannel+t] = now;
  end

  // Late vector results, in order per unit. Of each unit at most one instruction leaves the queues per cycle.
  logic to_simd, to_function, to_read, lane_done, function_done;
  logic simd_room, simd_valid, function_room, function_valid, read_room, read_valid;
  pipe_pkg::slot_t popped, simd_slot, function_slot, read_slot;
  pipe_pkg::slot_t popped_simd, popped_read;

  always_comb begin
    popped      = '0;
    popped_simd = '0;
    popped_read = '0;
    to_simd     = 1'b0;
    to_function = 1'b0;
    to_read     = 1'b0;
    for (int unsigned t = 0; t < Threads; t++) begin
      popped = head_i[t];
      if (pop_i[t] && popped.dec.unit inside {isa_pkg::UnitSimd, isa_pkg::UnitFunction}) begin
        popped_simd = popped;
        to_simd     = popped.dec.unit == isa_pkg::UnitSimd;
        to_function = popped.dec.unit == isa_pkg::UnitFunction;
      end
      if (pop_i[t] && popped.dec.unit == isa_pkg::UnitMatrix && popped.dec.writes_vd) begin
        popped_read = popped;
        to_read     = 1'b1;
      end
    end
  end

  assign lane_done     = simd_i.valid && !simd_function_i;
  assign function_done = simd_i.valid && simd_function_i;

  fifo #(
    .data_t(pipe_pkg::slot_t),
    .Depth (UnitDepth)
  ) u_simds (
    .clk_i,
    .rst_ni,
    .valid_i(to_simd),
    .ready_o(simd_room),
    .data_i (popped_simd),
    .valid_o(simd_valid),
    .ready_i(lane_done),
    .data_o (simd_slot)
  );

  fifo #(
    .data_t(pipe_pkg::slot_t),
    .Depth (UnitDepth)
  ) u_functions (
    .clk_i,
    .rst_ni,
    .valid_i(to_function),
    .ready_o(function_room),
    .data_i (popped_simd),
    .valid_o(function_valid),
    .ready_i(function_done),
    .data_o (function_slot)
  );

  fifo #(
    .data_t(pipe_pkg::slot_t),
    .Depth (UnitDepth)
  ) u_reads (
    .clk_i,
    .rst_ni,
    .valid_i(to_read),
    .ready_o(read_room),
    .data_i (popped_read),
    .valid_o(read_valid),
    .ready_i(mrd_i.valid),
    .data_o (read_slot)
  );

  assign come[rvfi_pkg::SimdChannel] =
      simd_i.valid ? vector_result(record(simd_function_i ? function_slot : simd_slot), simd_i.vd, simd_i.data) : '0;
  assign come[rvfi_pkg::ReadChannel] = mrd_i.valid ? vector_result(record(read_slot), mrd_i.vd, mrd_i.data) : '0;

  // The records.
  logic [rvfi_pkg::Channels-1:0] valid;
  for (genvar c = 0; c < rvfi_pkg::Channels; c++) begin : gen_channel
    assign valid[c] = rvfi_o[c].valid;
    always_ff @(posedge clk_i) begin
      if (!rst_ni) rvfi_o[c].valid <= 1'b0;
      else if (come[c].valid) rvfi_o[c] <= come[c];
      else rvfi_o[c].valid <= 1'b0;
    end
  end
  assign busy_o = valid != '0;

  `TATAMI_ASSERT(SimdNote, (!lane_done || simd_valid) && (!to_simd || simd_room))
  `TATAMI_ASSERT(FunctionNote, (!function_done || function_valid) && (!to_function || function_room))
  `TATAMI_ASSERT(ReadNote, (!mrd_i.valid || read_valid) && (!to_read || read_room))
endmodule : retire
