// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

`include "rtl/assert.svh"

/// What each thread still has in flight: scalar registers whose value comes late, and counts of loads, stores, vector
/// instructions and their operands.
///
/// The marks of an instruction are seen from the cycle after its issue on, when it is in stage X, and count from then on unless
/// it is void there; they clear when the result is written, so that a reader may issue in the cycle after. A memory access
/// that traps gives its marks back in stage M.
module scoreboard (
  input  logic                                     clk_i,
  input  logic                                     rst_ni,
  // Issue of what does not only trap.
  input  logic [cfg_pkg::Threads-1:0]              issued_i,
  input  isa_pkg::decoded_t                        dec_i [cfg_pkg::Threads],
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

  /// What an instruction adds.
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

    logic [31:0] busy_q;
    logic [LoadW-1:0] loads_q;
    logic [StoreW-1:0] stores_q;
    logic [VectorW-1:0] vectors_q, vstores_q;
    logic [OperandW-1:0] operands_q;
    logic valid_q, answers, stored;
    marks_t marks, marks_q, x, adds, done_q, takes;

    assign answers = answer_i[Memory].valid && answer_i[Memory].load.thread == pipe_pkg::thread_t'(t);
    assign stored  = store_done_i && store_thread_i == pipe_pkg::thread_t'(t);
    assign marks   = '{
        rd: dec_i[t].rd,
        late: dec_i[t].unit inside {isa_pkg::UnitLoad, isa_pkg::UnitMuldiv} && dec_i[t].rd != '0,
        load: pipe_pkg::is_load(dec_i[t]),
        store: pipe_pkg::is_store(dec_i[t]),
        vector: pipe_pkg::is_vector(dec_i[t]),
        vstore: dec_i[t].unit == isa_pkg::UnitVstore,
        operand: pipe_pkg::takes_operand(dec_i[t])
    };

    // In stage X, what of that counts, and what is taken back in stage M.
    assign x     = valid_q ? marks_q : '0;
    assign adds  = void_i[t] ? '0 : x;
    assign takes = trap_i[t] ? done_q : '0;

    always_ff @(posedge clk_i) begin
      valid_q <= rst_ni && issued_i[t];
      marks_q <= marks;
      done_q  <= x;
    end

    // A register that is set was free and one that is cleared was busy.
    always_ff @(posedge clk_i) begin
      if (!rst_ni) begin
        busy_q <= '0;
      end else begin
        if (answers && !answer_i[Memory].load.vec) busy_q[answer_i[Memory].load.rd] <= 1'b0;
        if (muldiv_i.valid && muldiv_i.thread == pipe_pkg::thread_t'(t)) busy_q[muldiv_i.rd] <= 1'b0;
        if (takes.late) busy_q[takes.rd] <= 1'b0;
        if (adds.late) busy_q[adds.rd] <= 1'b1;
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
        loads_q    <= loads_q + LoadW'(adds.load) - LoadW'(takes.load) - LoadW'(answers);
        stores_q   <= stores_q + StoreW'(adds.store) - StoreW'(takes.store) - StoreW'(stored);
        vectors_q  <= vectors_q + VectorW'(adds.vector) - VectorW'(takes.vector) - VectorW'(vector_pop_i[t]);
        vstores_q  <= vstores_q + VectorW'(adds.vstore) - VectorW'(takes.vstore) - VectorW'(vstore_pop_i[t]);
        operands_q <= operands_q + OperandW'(adds.operand) - OperandW'(takes.operand) - OperandW'(operand_pop_i[t]);
      end
    end

    assign flight_o[t].x_busy        = busy_q | (32'(x.late) << x.rd);
    assign flight_o[t].no_loads      = loads_q == '0 && !x.load;
    assign flight_o[t].no_stores     = stores_q == '0 && !x.store;
    assign flight_o[t].no_vstores    = vstores_q == '0 && !x.vstore;
    assign flight_o[t].vector_ready  = vectors_q + VectorW'(x.vector) != VectorW'(pipe_pkg::VectorDepth);
    assign flight_o[t].operand_ready = operands_q + OperandW'(x.operand) != OperandW'(pipe_pkg::OperandDepth);
    assign flight_o[t].idle          = loads_q == '0 && stores_q == '0 && busy_q == '0 && vectors_q == '0 &&
                                       !(x.late || x.load || x.store || x.vector) && vector_idle_i[t];

    `TATAMI_ASSERT(LoadCount, !answers || loads_q != '0)
    `TATAMI_ASSERT(StoreCount, !stored || stores_q != '0)
    `TATAMI_ASSERT(VectorCount, !vector_pop_i[t] || vectors_q != '0)
    `TATAMI_ASSERT(OperandCount, !operand_pop_i[t] || operands_q != '0)
    `TATAMI_ASSERT(VstoreCount, !vstore_pop_i[t] || vstores_q != '0)
  end
endmodule : scoreboard
