// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// Types that travel between the core's pipeline parts.
package pipe_pkg;
  localparam int unsigned SimdWords = cfg_pkg::SimdBytes / sram_pkg::WordBytes;

  // Scalar pipes. A thread's memory accesses all go through one memory pipe, which keeps them in order.
  localparam int unsigned SystemPipe = 0;  // everything that is not memory: also control flow, CSRs, traps
  localparam int unsigned AluPipe = 1;
  localparam int unsigned MemoryPipe = 2;  // the first of them
  localparam int unsigned MemoryPipes = 2;
  localparam int unsigned Pipes = MemoryPipe + MemoryPipes;

  localparam int unsigned LoadDepth = 16;  // loads of a memory pipe between issue and their answer
  localparam int unsigned StoreDepth = 16;  // stores between the store queue and their `done`
  localparam int unsigned RequestDepth = 4;  // accesses between issue and the SRAM, per port
  localparam int unsigned VectorDepth = 16;  // vector instructions of a thread between issue and execution
  localparam int unsigned OperandDepth = 8;  // vectors of a thread between the issue of their load and their use

  typedef logic [cfg_pkg::ThreadW-1:0] thread_t;
  typedef logic [cfg_pkg::SimdWidth-1:0] vector_t;
  typedef logic [4:0] cause_t;
  typedef logic [1:0] priority_t;

  /// Causes as RISC-V numbers them, from 24 on our own.
  localparam cause_t CauseFetchMisaligned = 5'd0;
  localparam cause_t CauseFetchFault = 5'd1;
  localparam cause_t CauseIllegal = 5'd2;
  localparam cause_t CauseBreakpoint = 5'd3;
  localparam cause_t CauseLoadMisaligned = 5'd4;
  localparam cause_t CauseLoadFault = 5'd5;
  localparam cause_t CauseStoreMisaligned = 5'd6;
  localparam cause_t CauseStoreFault = 5'd7;
  localparam cause_t CauseEcall = 5'd11;
  localparam cause_t CauseFormat = 5'd24;  // illegal descriptor, or no matrix operand's; mtval is its number

  /// The next instruction of a thread.
  typedef struct packed {
    logic valid;
    logic fault;         // it could not be fetched
    logic [31:0] insn;
    isa_pkg::decoded_t dec;  // zero if it could not be fetched
    logic taken;         // the thread is expected to go on at `target`, else behind it
    logic [63:0] target;
  } head_t;

  /// Why the head of a thread cannot issue.
  typedef enum logic [1:0] {
    StallNone,
    StallRegister,
    StallOrder,
    StallQueue
  } stall_e;

  /// What a trapping instruction reports.
  typedef struct packed {
    logic valid;
    cause_t cause;
    logic [63:0] value;
  } trap_t;

  /// An instruction on its way, from issue on.
  typedef struct packed {
    thread_t thread;
    logic [63:0] order;  // counts the instructions of a thread in program order
    logic intr;          // the first one of a trap handler
    logic [63:0] pc;
    logic [31:0] insn;   // zero when there is none, because its fetch failed
    logic taken;         // its thread is expected to go on at `target`, else behind it
    logic [63:0] target;
    logic refetch;       // it is not what it was taken for: fetch it again
    trap_t trap;         // it only traps
    logic arm;           // first pass of xfer and sem.wait: start to wait, do not retire
    isa_pkg::decoded_t dec;
    logic [63:0] xs1;
    logic [63:0] xs2;
  } slot_t;

  /// What the system pipe's instruction does besides writing its register, at the end of its cycle in stage X.
  typedef struct packed {
    logic commit;        // it is done, or on its way to a late result, unless it traps: counts as retired, for now
    trap_t trap;         // it traps instead, which takes effect one cycle later (`entry_t`)
    logic handled;       // the trap enters the handler at `handler`
    logic [63:0] handler;
    logic jump;          // its thread goes on at `target`, other than expected; known late
    logic [63:0] target;
    logic taken;         // it is a taken branch or jump, to `target`
    logic train;         // its branch was not expected so
    logic flush;         // fence.i
    logic hold;          // the thread's next instruction must not issue in this cycle; known early
    logic cancel;        // that instruction, if it issues in this cycle, is void in stage X; known late
    logic waits;         // it is to start to wait, unless it traps
    logic arm;           // it starts to wait
    logic exit;
    logic start;
  } event_t;

  /// A trap takes effect, one cycle after its instruction was in stage X of the system pipe.
  typedef struct packed {
    logic valid;
    thread_t thread;
    logic [63:0] pc;     // of the instruction
    cause_t cause;
    logic [63:0] value;
    logic handled;       // the thread goes on at `target`, else it stops
    logic [63:0] target;
    logic arm;           // the instruction was to start to wait: its head has not been popped
    logic counted;       // it was counted as retired
  } entry_t;

  /// What the instruction in stage M of a memory pipe does: at most one of these.
  typedef struct packed {
    logic trap;          // the slot has the trap
    logic sum;           // has been written in stage X
    logic load;          // scalar
    logic store;         // scalar
    logic vector;        // for its thread's vector queue
  } memory_event_t;

  /// Of a pair of format descriptors: that of A, or of B, names no format that the matrix unit multiplies.
  typedef struct packed {
    logic a;
    logic b;
  } pair_fault_t;

  /// What a thread has in flight, as far as issue must know.
  typedef struct packed {
    logic [31:0] x_busy;   // scalar registers whose value comes late
    logic no_loads;        // no load without an answer
    logic no_stores;       // no store that is not done
    logic no_vstores;      // no vector store that waits for its data
    logic vector_ready;    // place for a vector instruction
    logic operand_ready;   // place for a loaded vector
    logic idle;            // nothing at all
  } flight_t;

  /// A load that waits for its answer.
  typedef struct packed {
    thread_t thread;
    logic [4:0] rd;
    logic vec;
    logic [1:0] size;         // scalar: log2 of the bytes
    logic zero_extend;
    logic [2:0] offset;       // scalar: of its first byte in the first word
  } load_t;

  /// The answer to a load.
  typedef struct packed {
    logic valid;
    load_t load;
    logic error;              // the data has an uncorrectable error
    sram_pkg::word_addr_t lost;  // in this word
    logic [63:0] raw;         // scalar: before extension
    logic [63:0] value;       // scalar
    vector_t data;            // vector
  } answer_t;

  /// What a vector store writes: those bytes whose strobe is set.
  typedef struct packed {
    vector_t data;
    logic [cfg_pkg::SimdBytes-1:0] strb;
  } vstore_t;

  /// A result for a scalar register; rd is never 0 when valid.
  typedef struct packed {
    logic valid;
    thread_t thread;
    logic [4:0] rd;
    logic [63:0] data;
  } xwrite_t;

  /// A result for a vector register.
  typedef struct packed {
    logic valid;
    thread_t thread;
    logic [4:0] vd;
    vector_t data;
  } vwrite_t;

  /// A fault that comes late and stops its thread.
  typedef struct packed {
    cause_t cause;
    logic [sram_pkg::ByteAddrW-1:0] addr;
  } late_fault_t;

  /// Those of the requests that have the highest priority.
  function automatic logic [cfg_pkg::Threads-1:0] foremost(input logic [cfg_pkg::Threads-1:0] requests,
                                                           input priority_t [cfg_pkg::Threads-1:0] priorities);
    logic [cfg_pkg::Threads-1:0] first;
    first = requests;
    for (int unsigned t = 0; t < cfg_pkg::Threads; t++) begin
      for (int unsigned j = 0; j < cfg_pkg::Threads; j++) begin
        if (requests[j] && priorities[j] > priorities[t]) first[t] = 1'b0;
      end
    end
    return first;
  endfunction

  /// The memory pipe of a thread.
  function automatic int unsigned memory_pipe(input thread_t thread);
    return 32'(thread) % MemoryPipes;
  endfunction

  /// True for instructions that load: a register, or a vector operand.
  function automatic logic is_load(input isa_pkg::decoded_t dec);
    return dec.unit == isa_pkg::UnitLoad || dec.unit == isa_pkg::UnitVload || dec.reads_mem;
  endfunction

  function automatic logic is_store(input isa_pkg::decoded_t dec);
    return dec.unit == isa_pkg::UnitStore || dec.unit == isa_pkg::UnitVstore;
  endfunction

  /// True for instructions that a thread's vector queue takes.
  function automatic logic is_vector(input isa_pkg::decoded_t dec);
    return dec.unit inside {isa_pkg::UnitSimd, isa_pkg::UnitFunction, isa_pkg::UnitMatrix, isa_pkg::UnitVload,
                            isa_pkg::UnitVstore};
  endfunction

  /// True for vector instructions that take a vector from memory.
  function automatic logic takes_operand(input isa_pkg::decoded_t dec);
    return dec.unit == isa_pkg::UnitVload || dec.reads_mem;
  endfunction

  /// True for accesses whose items lie a stride apart, from xs2.
  function automatic logic is_strided(input isa_pkg::decoded_t dec);
    return dec.op inside {isa_pkg::OpVldW, isa_pkg::OpVldQ, isa_pkg::OpVstQ, isa_pkg::OpVstH};
  endfunction

  /// True for accesses whose items lie where the indices in xs2 say.
  function automatic logic is_gather(input isa_pkg::decoded_t dec);
    return dec.op inside {isa_pkg::OpVldxW, isa_pkg::OpVldxQ};
  endfunction

  /// True for sums that an address unit computes as well as an ALU.
  function automatic logic is_sum(input isa_pkg::op_e op);
    return op inside {isa_pkg::OpAddi, isa_pkg::OpAdd, isa_pkg::OpLui, isa_pkg::OpAuipc};
  endfunction

  /// The pair of format descriptors of a matrix step; those with an operand in memory use pair 0.
  function automatic logic [2:0] pair_of(input isa_pkg::decoded_t dec);
    return dec.reads_mem ? 3'd0 : dec.imm[6:4];
  endfunction

  /// Distance of an address from the beginning of local SRAM, seen at 0 or at its alias.
  function automatic logic [63:0] sram_offset(input logic [63:0] addr);
    return addr & ~64'(noc_pkg::SramAlias);
  endfunction

  /// True when `bytes` bytes at `addr` lie inside local SRAM.
  function automatic logic in_sram(input logic [63:0] addr, input logic [31:0] bytes);
    logic [63:0] offset;
    offset = sram_offset(addr);
    return (offset[63:32] == '0) && (offset[31:0] + bytes <= cfg_pkg::SramBytes);
  endfunction
endpackage
