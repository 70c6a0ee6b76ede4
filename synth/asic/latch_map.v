// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// The latch of a clock gate, transparent while the clock is low; no other module may have one.
module \$_DLATCH_N_ (E, D, Q);
  input E, D;
  output Q;
  wire high;
  \$_NOT_ inverter (.A(E), .Y(high));
  LATCH _TECHMAP_REPLACE_ (.CLK(high), .D(D), .Q(Q));
endmodule
