// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Gives ready threads their pipes, at most one instruction per thread and pipe. Combinational, apart from the turn.
///
/// Everything that only the system pipe does goes there, traps first; memory accesses go to the memory pipe of their
/// thread, one scalar store per cycle. Then ALU instructions take what is left: sums the thread's memory pipe, the ALU pipe
/// or the system pipe, others one of the last two. Vector instructions need no pipe. Threads take turns in being the first
/// to choose; the turn moves on when something issues. What each turn would lead to is found side by side, with the threads
/// in a fixed order: who is ready is known late.
module steer (
  input  logic                              clk_i,
  input  logic                              rst_ni,
  input  logic [cfg_pkg::Threads-1:0]       trap_i,    // a trap of the thread waits for the system pipe
  input  logic [cfg_pkg::Threads-1:0]       ready_i,   // the head may issue
  input  logic [cfg_pkg::Threads-1:0]       only_traps_i,
  input  isa_pkg::decoded_t                 dec_i [cfg_pkg::Threads],
  output logic [cfg_pkg::Threads-1:0]       trap_o,    // goes to the system pipe now
  output logic [cfg_pkg::Threads-1:0]       issue_o,   // the head issues
  output logic [cfg_pkg::Threads-1:0]       vector_o,  // straight into the thread's vector queue
  output logic                              store_o,   // a scalar store issues
  output logic [pipe_pkg::Pipes-1:0][cfg_pkg::Threads-1:0] takes_o  // by pipe: this thread's head or trap
);
  localparam int unsigned Threads = cfg_pkg::Threads;
  localparam int unsigned System = pipe_pkg::SystemPipe;
  localparam int unsigned Alu = pipe_pkg::AluPipe;

  typedef logic [Threads-1:0] threads_t;

  /// What the heads want.
  typedef struct packed {
    threads_t trap;
    threads_t system;
    threads_t memory;
    threads_t store;  // of those for memory, scalar stores
    threads_t alu;
    threads_t adds;   // of those for an ALU, sums
  } wants_t;

  typedef logic [pipe_pkg::Pipes-1:0][Threads-1:0] takes_t;

  /// Which pipe takes whom when thread `first` chooses first.
  function automatic takes_t choose(input int unsigned first, input wants_t wants);
    int unsigned t, memory;
    logic stores;
    takes_t takes;
    takes = '0;
    stores = 1'b0;
    for (int unsigned i = 0; i < Threads; i++) begin
      t = (i + first) % Threads;
      memory = pipe_pkg::MemoryPipe + pipe_pkg::memory_pipe(pipe_pkg::thread_t'(t));
      if ((wants.trap[t] || wants.system[t]) && takes[System] == '0) takes[System][t] = 1'b1;
      if (wants.memory[t] && takes[memory] == '0 && !(stores && wants.store[t])) begin
        takes[memory][t] = 1'b1;
        stores = stores || wants.store[t];
      end
    end
    for (int unsigned i = 0; i < Threads; i++) begin
      t = (i + first) % Threads;
      memory = pipe_pkg::MemoryPipe + pipe_pkg::memory_pipe(pipe_pkg::thread_t'(t));
      if (wants.alu[t]) begin
        if (wants.adds[t] && takes[memory] == '0) takes[memory][t] = 1'b1;
        else if (takes[Alu] == '0) takes[Alu][t] = 1'b1;
        else if (takes[System] == '0) takes[System][t] = 1'b1;
      end
    end
    return takes;
  endfunction

  pipe_pkg::thread_t first_q;
  wants_t wants;
  takes_t chosen [Threads];

  for (genvar t = 0; t < Threads; t++) begin : gen_wants
    logic ready, access, vector, alu;
    assign ready           = ready_i[t] && !trap_i[t];
    assign access          = !only_traps_i[t] && (pipe_pkg::is_load(dec_i[t]) || pipe_pkg::is_store(dec_i[t]));
    assign vector          = !only_traps_i[t] && !access && pipe_pkg::is_vector(dec_i[t]);
    assign alu             = !only_traps_i[t] && dec_i[t].unit == isa_pkg::UnitAlu;
    assign wants.trap[t]   = trap_i[t];
    assign wants.system[t] = ready && !access && !vector && !alu;
    assign wants.memory[t] = ready && access;
    assign wants.store[t]  = dec_i[t].unit == isa_pkg::UnitStore;
    assign wants.alu[t]    = ready && alu;
    assign wants.adds[t]   = pipe_pkg::is_sum(dec_i[t].op);
    assign vector_o[t]     = ready && vector;
  end

  always_comb begin
    for (int unsigned f = 0; f < Threads; f++) chosen[f] = choose(f, wants);
    takes_o = chosen[first_q];
  end

  always_comb begin
    trap_o  = takes_o[System] & trap_i;
    issue_o = vector_o;
    for (int unsigned p = 0; p < pipe_pkg::Pipes; p++) issue_o |= takes_o[p] & ~trap_i;
    store_o = (issue_o & wants.memory & wants.store) != '0;
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) first_q <= '0;
    else if (issue_o != '0) first_q <= pipe_pkg::thread_t'((32'(first_q) + 1) % Threads);
  end
endmodule : steer
