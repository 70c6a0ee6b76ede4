// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// What an instruction of a thread can trap by.
package cause_pkg;
  localparam int unsigned Causes = 10;
  localparam pipe_pkg::cause_t Cause[Causes] = '{
      pipe_pkg::CauseFetchMisaligned,
      pipe_pkg::CauseFetchFault,
      pipe_pkg::CauseIllegal,
      pipe_pkg::CauseBreakpoint,
      pipe_pkg::CauseLoadMisaligned,
      pipe_pkg::CauseLoadFault,
      pipe_pkg::CauseStoreMisaligned,
      pipe_pkg::CauseStoreFault,
      pipe_pkg::CauseEcall,
      pipe_pkg::CauseFormat
  };
endpackage : cause_pkg
