// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What happens in a node, told to C++ (`engine::NodeLog`) as it happens: every request to the SRAM and the cycle in which
/// each of its words is read or written, whose loads and stores they are, everything that retires, and what reaches the
/// core from outside. Bound to the RTL in the model flavour `check`; nothing of it is in any other model or in synthesis.
package node_log_pkg;
  import "DPI-C" function void tatami_log_request(
    input byte unsigned port,
    input byte unsigned en,
    input bit [sram_pkg::Words*32-1:0] addr,
    input bit [sram_pkg::Words*64-1:0] data,
    input bit [sram_pkg::Words*8-1:0] strb
  );
  import "DPI-C" function void tatami_log_take(
    input byte unsigned port,
    input byte unsigned words
  );
  import "DPI-C" function void tatami_log_response(
    input byte unsigned port,
    input bit [sram_pkg::Words*64-1:0] data,
    input byte unsigned lost
  );
  import "DPI-C" function void tatami_log_load(input byte unsigned thread);
  import "DPI-C" function void tatami_log_store(input byte unsigned thread);
  import "DPI-C" function void tatami_log_start(
    input byte unsigned thread,
    input longint unsigned pc
  );
  import "DPI-C" function void tatami_log_stop(input byte unsigned thread);
  import "DPI-C" function void tatami_log_post(
    input byte unsigned semaphore,
    input shortint unsigned count
  );
  import "DPI-C" function void tatami_log_vector(
    input byte unsigned thread,
    input byte unsigned number,
    input bit [511:0] value
  );
  import "DPI-C" function void tatami_log_retire(
    input byte unsigned thread,
    input longint unsigned order,
    input int unsigned insn,
    input byte unsigned flags,  // trap, intr, halt, vd_valid, from bit 0
    input byte unsigned rd_addr,
    input longint unsigned rd_wdata,
    input longint unsigned pc_rdata,
    input longint unsigned pc_wdata,
    input longint unsigned mem_addr,
    input byte unsigned mem_rmask,
    input byte unsigned mem_wmask,
    input longint unsigned mem_rdata,
    input longint unsigned mem_wdata,
    input byte unsigned vd_addr,
    input bit [511:0] vd_wdata
  );
endpackage
