// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// scripts/tidy.py with a shell script in place of clang-tidy, which finds the word "wrong" in a source.
#include <filesystem>
#include <string>

#include "verif/lib/catch.hpp"
#include "verif/tests/cli/refusal.hpp"

namespace tatami::test {
namespace {

/// Two sources, of which one is wrong.
class Sources {
 public:
  Sources() {
    folder_.write("clang-tidy-16", "#!/bin/sh\ngrep -n wrong \"$2\" && exit 1\nexit 0\n");
    std::filesystem::permissions(folder_.path("clang-tidy-16"), std::filesystem::perms::owner_all);
    folder_.write("good.cpp", "int right;\n");
    folder_.write("bad.cpp", "int wrong;\n");
  }

  Result run(const std::string& files, const std::string& path = "%/:$PATH") const {
    return folder_.shell("PATH=" + path + " /usr/bin/python3 scripts/tidy.py --build %/ --flags '-I. -O1' " + files);
  }
  std::string path(const std::string& name) const { return folder_.path(name).string(); }

 private:
  Workspace folder_;
};

}  // namespace

TEST_CASE("What is found is shown, with the command that finds it again", "[tidy]") {
  const Sources sources;
  const Result result = sources.run("%/");
  CAPTURE(result.out, result.err);
  CHECK(result.code == 1);
  CHECK(contains(result.out, "1:int wrong;"));
  CHECK(contains(result.out, "repeat with: make tidy FILES=" + sources.path("bad.cpp")));
  CHECK(contains(result.out, "1 passed, 1 failed\n"));
  const Result good = sources.run("%/good.cpp");
  CHECK(good.code == 0);
  CHECK(contains(good.out, "1 passed, 0 failed\n"));
}

TEST_CASE("A missing file and a missing tool are refused with one sentence", "[tidy]") {
  const Sources sources;
  fails(sources.run("%/none.cpp"), 2, "there is no " + sources.path("none.cpp"));
  fails(sources.run("%/clang-tidy-16"), 2, "no C++ source in");
  fails(sources.run("%/good.cpp", "/nonexistent"), 2, "clang-tidy-16 is missing; run: scripts/setup.sh tidy");
}

}  // namespace tatami::test
