// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// What scripts/cover.py refuses.
#include "verif/lib/catch.hpp"
#include "verif/tests/cli/refusal.hpp"

namespace tatami::test {

TEST_CASE("Without counts and with bad arguments coverage is refused with one sentence", "[coverage]") {
  const Workspace folder;
  fails(folder.shell("python3 scripts/cover.py --out %/out %/none"), 2, "cover: no counts; run the tests first");
  fails(folder.shell("python3 scripts/cover.py --never"), 2, "cover: the following arguments are required");
  CHECK(folder.files().empty());
}

}  // namespace tatami::test
