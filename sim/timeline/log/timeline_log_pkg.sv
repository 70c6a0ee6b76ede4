// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What a timeline shows of a node, told to C++ (`engine::TimelineLog`) as it happens: the way of every instruction
/// through the core, what threads do or wait for, packets of transfers at both ends, posts. Bound to the RTL in the model
/// flavour `check`, beside node_log_pkg; nothing of it is in any other model or in synthesis.
package timeline_log_pkg;
  import "DPI-C" function void tatami_timeline_miss(input byte unsigned thread);
  import "DPI-C" function void tatami_timeline_window(
    input byte unsigned thread,
    input longint unsigned pc,
    input byte unsigned count,
    input bit [255:0] insns  // of the whole window
  );
  import "DPI-C" function void tatami_timeline_flush(input byte unsigned thread);
  import "DPI-C" function void tatami_timeline_issue(
    input byte unsigned thread,
    input byte unsigned flags,  // goes on, waits, is fetched again, comes back as a trap, from bit 0
    input byte unsigned pipe,   // as pipe_pkg numbers them; Pipes: the vector queue
    input longint unsigned order,
    input int unsigned uses,    // timeline_log_pkg::uses_of
    input int unsigned sets
  );
  import "DPI-C" function void tatami_timeline_leave(
    input byte unsigned thread,
    input byte unsigned unit,   // step, SIMD or function, read-out, store, load
    input longint unsigned order
  );
  import "DPI-C" function void tatami_timeline_thread(
    input byte unsigned thread,
    input byte unsigned state,  // core_pkg::thread_state_e
    input byte unsigned cause,  // running: isa_pkg::counter_e, or NoCause: it issues
    input longint unsigned value
  );
  import "DPI-C" function void tatami_timeline_walk(
    input byte unsigned context_,
    input byte unsigned flags,  // last packet of its descriptor, get, from bit 0
    input byte unsigned thread,
    input int unsigned addr,    // of the descriptor
    input int unsigned get_dst  // of a get: where its data goes
  );
  import "DPI-C" function void tatami_timeline_send(
    input byte unsigned context_,
    input bit [127:0] header
  );
  import "DPI-C" function void tatami_timeline_arrive(input bit [127:0] header);
  import "DPI-C" function void tatami_timeline_post(
    input byte unsigned semaphore,
    input shortint unsigned count,
    input byte unsigned from_mesh
  );

  localparam byte unsigned NoCause = 8'd255;

  /// Registers by number, 0: none; from bit 0: two scalar ones, vs1, vs2, vd (each 32 + number), accumulator (64 + number).
  function automatic int unsigned uses_of(input isa_pkg::decoded_t dec);
    return {
      dec.reads_acc ? {1'b1, dec.acc} : 4'd0,
      dec.reads_vd ? {1'b1, dec.rd} : 6'd0,
      dec.reads_vs2 ? {1'b1, dec.rs2} : 6'd0,
      dec.reads_vs1 ? {1'b1, dec.rs1} : 6'd0,
      dec.reads_xs2 ? dec.rs2 : 5'd0,
      dec.reads_xs1 ? dec.rs1 : 5'd0
    };
  endfunction

  /// The registers that it writes: scalar, vector, accumulator.
  function automatic int unsigned sets_of(input isa_pkg::decoded_t dec);
    return 32'({
      dec.writes_acc ? {1'b1, dec.acc} : 4'd0, dec.writes_vd ? {1'b1, dec.rd} : 6'd0, dec.writes_xd ? dec.rd : 5'd0
    });
  endfunction
endpackage
