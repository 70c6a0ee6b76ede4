// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

/// The fault that acts, of all that are built into a model; 0 is none. It is chosen when the program starts.
package mutant_pkg;
  import "DPI-C" function int unsigned tatami_mutant();

  int unsigned active = tatami_mutant();
endpackage
