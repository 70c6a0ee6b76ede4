// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Gives ready threads their pipes, at most one instruction per thread and pipe. Combinational, apart from the turn.
///
/// Everything that only the system pipe does goes there, traps first; memory accesses go to the memory pipe of their
/// thread, one scalar store per cycle. Then ALU instructions take what is left: sums the thread's memory pipe, the ALU pipe
/// or the system pipe, others one of the last two. Vector instructions need no pipe. Threads take turns in being the first to choose; the turn moves on when something issues.
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
  output logic [pipe_pkg::Pipes-1:0]        valid_o,
  output pipe_pkg::thread_t                 thread_o [pipe_pkg::Pipes]
);
  localparam int unsigned Threads = cfg_pkg::Threads;
  localparam int unsigned System = pipe_pkg::SystemPipe;
  localparam int unsigned Alu = pipe_pkg::AluPipe;

  typedef enum logic [1:0] {
    OnSystem,
    OnMemory,
    OnAlu,
    OnVector
  } place_e;

  pipe_pkg::thread_t first_q;
  place_e place [Threads];

  for (genvar t = 0; t < Threads; t++) begin : gen_place
    always_comb begin
      place[t] = OnSystem;
      if (!only_traps_i[t]) begin
        if (pipe_pkg::is_load(dec_i[t]) || pipe_pkg::is_store(dec_i[t])) place[t] = OnMemory;
        else if (pipe_pkg::is_vector(dec_i[t])) place[t] = OnVector;
        else if (dec_i[t].unit == isa_pkg::UnitAlu) place[t] = OnAlu;
      end
    end
  end

  always_comb begin
    pipe_pkg::thread_t t;
    logic [$clog2(pipe_pkg::Pipes)-1:0] memory;
    logic free;  // the thread's memory pipe
    trap_o   = '0;
    issue_o  = '0;
    vector_o = '0;
    valid_o  = '0;
    free     = 1'b0;
    store_o  = 1'b0;
    t        = '0;
    memory   = '0;
    for (int unsigned p = 0; p < pipe_pkg::Pipes; p++) thread_o[p] = '0;
    for (int unsigned i = 0; i < Threads; i++) begin
      t      = pipe_pkg::thread_t'((i + 32'(first_q)) % Threads);
      memory = $bits(memory)'(pipe_pkg::MemoryPipe + pipe_pkg::memory_pipe(t));
      free   = !valid_o[memory];
      if (trap_i[t]) begin
        if (!valid_o[System]) begin
          valid_o[System]  = 1'b1;
          thread_o[System] = t;
          trap_o[t]        = 1'b1;
        end
      end else if (ready_i[t]) begin
        unique case (place[t])
          OnSystem: begin
            if (!valid_o[System]) begin
              valid_o[System]  = 1'b1;
              thread_o[System] = t;
              issue_o[t]       = 1'b1;
            end
          end
          OnMemory: begin
            if (free && !(store_o && dec_i[t].unit == isa_pkg::UnitStore)) begin
              valid_o[memory]  = 1'b1;
              thread_o[memory] = t;
              issue_o[t]       = 1'b1;
              store_o          = store_o || dec_i[t].unit == isa_pkg::UnitStore;
            end
          end
          OnVector: begin
            issue_o[t]  = 1'b1;
            vector_o[t] = 1'b1;
          end
          default: ;
        endcase
      end
    end
    for (int unsigned i = 0; i < Threads; i++) begin
      t      = pipe_pkg::thread_t'((i + 32'(first_q)) % Threads);
      memory = $bits(memory)'(pipe_pkg::MemoryPipe + pipe_pkg::memory_pipe(t));
      free   = !valid_o[memory];
      if (ready_i[t] && !trap_i[t] && place[t] == OnAlu) begin
        issue_o[t] = 1'b1;
        if (free && pipe_pkg::is_sum(dec_i[t].op)) begin
          valid_o[memory]  = 1'b1;
          thread_o[memory] = t;
        end else if (!valid_o[Alu]) begin
          valid_o[Alu]  = 1'b1;
          thread_o[Alu] = t;
        end else if (!valid_o[System]) begin
          valid_o[System]  = 1'b1;
          thread_o[System] = t;
        end else begin
          issue_o[t] = 1'b0;
        end
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) first_q <= '0;
    else if (issue_o != '0) first_q <= pipe_pkg::thread_t'((32'(first_q) + 1) % Threads);
  end
endmodule : steer
