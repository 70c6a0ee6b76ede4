// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// The 2x2x4 matrix unit: a tile has one part of FP32, and fills half a register of BF16.
#include "verif/tests/vector/matrix_bench.hpp"

namespace tatami::test {

TEST_CASE("Random steps and read-outs of the 2x2x4 array equal the golden matrix step", "[vector][matrix]") {
  MatrixBench().run_random(10'000);
}

}  // namespace tatami::test
