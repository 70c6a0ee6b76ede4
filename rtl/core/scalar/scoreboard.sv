// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// What each thread still has in flight: scalar registers whose value comes late, and counts of loads, stores, vector
/// instructions and their operands.
///
/// Marks are set when an instruction issues and seen in the next cycle; they clear when the result is written, so that a
/// reader may issue in the cycle after. What is void in stage X, or traps in stage M, gives its marks back there.
module scoreboard (
  input  logic                                     clk_i,
  input  logic                                     rst_ni,
  // Issue.
  input  logic [pipe_pkg::Pipes-1:0]               valid_i,
  input  pipe_pkg::slot_t                          slot_i [pipe_pkg::Pipes],
  input  logic [cfg_pkg::Threads-1:0]              vector_valid_i,  // straight into the vector queue
  input  logic [cfg_pkg::Threads-1:0]              void_i,          // what the thread has in stage X
  input  logic [cfg_pkg::Threads-1:0]              trap_i,          // what it has in stage M
  // Results.
  input  pipe_pkg::answer_t                        answer_i [pipe_pkg::MemoryPipes],
  input  pipe_pkg::xwrite_t                        muldiv_i,
  input  logic                                     store_done_i,
  input  pipe_pkg::thread_t                        store_thread_i,
  input  logic [cfg_pkg::Threads-1:0]              vector_pop_i,    // a vector instruction leaves its queue
  input  logic [cfg_pkg::Threads-1:0]              operand_pop_i,   // with a loaded vector
  input  logic [cfg_pkg::Threads-1:0]              vstore_pop_i,    // as a store
  input  logic [cfg_pkg::Threads-1:0]              vector_idle_i,   // no late vector result is missing
  output pipe_pkg::flight_t                        flight_o [cfg_pkg::Threads]
);
  localparam int unsigned Threads = cfg_pkg::Threads;
  localparam int unsigned LoadW = $clog2(pipe_pkg::LoadDepth + 1);
  localparam int unsigned StoreW = $clog2(pipe_pkg::StoreDepth + pipe_pkg::VectorDepth + pipe_pkg::RequestDepth + 1);
  localparam int unsigned VectorW = $clog2(pipe_pkg::VectorDepth + 1);
  localparam int unsigned OperandW = $clog2(pipe_pkg::OperandDepth + 1);

  /// What an instruction adds when it issues.
  typedef struct packed {
    logic [4:0] rd;
    logic late;     // the value of rd comes late
    logic load;
    logic store;
    logic vector;
    logic vstore;
    logic operand;
  } marks_t;

  for (genvar t = 0; t < Threads; t++) begin : gen_thread
    localparam int unsigned Memory = pipe_pkg::memory_pipe(pipe_pkg::thread_t'(t));
    localparam int unsigned Pipe = pipe_pkg::MemoryPipe + Memory;
    localparam int unsigned System = pipe_pkg::SystemPipe;

    logic [31:0] busy_q;
    logic [LoadW-1:0] loads_q;
    logic [StoreW-1:0] stores_q;
    logic [VectorW-1:0] vectors_q, vstores_q;
    logic [OperandW-1:0] operands_q;
    logic issues, answers, stored, multiplies;
    isa_pkg::decoded_t dec;
    marks_t sets, x_q, m_q, void_marks, trap_marks;

    assign issues     = valid_i[Pipe] && slot_i[Pipe].thread == pipe_pkg::thread_t'(t);
    assign answers    = answer_i[Memory].valid && answer_i[Memory].load.thread == pipe_pkg::thread_t'(t);
    assign stored     = store_done_i && store_thread_i == pipe_pkg::thread_t'(t);
    assign multiplies = valid_i[System] && slot_i[System].thread == pipe_pkg::thread_t'(t) &&
                        slot_i[System].dec.unit == isa_pkg::UnitMuldiv && !slot_i[System].refetch;
    assign dec        = slot_i[Pipe].dec;

    always_comb begin
      sets         = '0;
      sets.rd      = multiplies ? slot_i[System].dec.rd : dec.rd;
      sets.late    = (multiplies || (issues && dec.unit == isa_pkg::UnitLoad)) && sets.rd != '0;
      sets.load    = issues && pipe_pkg::is_load(dec);
      sets.store   = issues && pipe_pkg::is_store(dec);
      sets.vector  = (issues && pipe_pkg::is_vector(dec)) || vector_valid_i[t];
      sets.vstore  = issues && dec.unit == isa_pkg::UnitVstore;
      sets.operand = issues && pipe_pkg::takes_operand(dec);
      void_marks   = void_i[t] ? x_q : '0;
      trap_marks   = trap_i[t] ? m_q : '0;
    end

    always_ff @(posedge clk_i) begin
      x_q <= rst_ni ? sets : '0;
      m_q <= x_q;
    end

    // A register that is set was free and one that is cleared was busy.
    always_ff @(posedge clk_i) begin
      if (!rst_ni) begin
        busy_q <= '0;
      end else begin
        if (answers && !answer_i[Memory].load.vec) busy_q[answer_i[Memory].load.rd] <= 1'b0;
        if (muldiv_i.valid && muldiv_i.thread == pipe_pkg::thread_t'(t)) busy_q[muldiv_i.rd] <= 1'b0;
        if (void_marks.late) busy_q[void_marks.rd] <= 1'b0;
        if (trap_marks.late) busy_q[trap_marks.rd] <= 1'b0;
        if (sets.late) busy_q[sets.rd] <= 1'b1;
      end
    end

    always_ff @(posedge clk_i) begin
      if (!rst_ni) begin
        loads_q    <= '0;
        stores_q   <= '0;
        vectors_q  <= '0;
        vstores_q  <= '0;
        operands_q <= '0;
      end else begin
        loads_q    <= loads_q + LoadW'(sets.load) - LoadW'(void_marks.load) - LoadW'(trap_marks.load) - LoadW'(answers);
        stores_q   <= stores_q + StoreW'(sets.store) - StoreW'(void_marks.store) - StoreW'(trap_marks.store) - StoreW'(stored);
        vectors_q  <= vectors_q + VectorW'(sets.vector) - VectorW'(void_marks.vector) - VectorW'(trap_marks.vector) -
                      VectorW'(vector_pop_i[t]);
        vstores_q  <= vstores_q + VectorW'(sets.vstore) - VectorW'(void_marks.vstore) - VectorW'(trap_marks.vstore) -
                      VectorW'(vstore_pop_i[t]);
        operands_q <= operands_q + OperandW'(sets.operand) - OperandW'(void_marks.operand) - OperandW'(trap_marks.operand) -
                      OperandW'(operand_pop_i[t]);
      end
    end

    assign flight_o[t].x_busy        = busy_q;
    assign flight_o[t].no_loads      = loads_q == '0;
    assign flight_o[t].no_stores     = stores_q == '0;
    assign flight_o[t].no_vstores    = vstores_q == '0;
    assign flight_o[t].vector_ready  = vectors_q != VectorW'(pipe_pkg::VectorDepth);
    assign flight_o[t].operand_ready = operands_q != OperandW'(pipe_pkg::OperandDepth);
    assign flight_o[t].idle          = loads_q == '0 && stores_q == '0 && busy_q == '0 && vectors_q == '0 &&
                                       vector_idle_i[t];

    `TATAMI_ASSERT(LoadCount, !answers || loads_q != '0)
    `TATAMI_ASSERT(StoreCount, !stored || stores_q != '0)
    `TATAMI_ASSERT(VectorCount, !vector_pop_i[t] || vectors_q != '0)
    `TATAMI_ASSERT(OperandCount, !operand_pop_i[t] || operands_q != '0)
    `TATAMI_ASSERT(VstoreCount, !vstore_pop_i[t] || vstores_q != '0)
  end
endmodule : scoreboard
