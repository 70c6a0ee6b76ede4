// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// scripts/fuzz.py with a shell script in place of a fuzzer.
#include <filesystem>
#include <string>

#include "verif/lib/catch.hpp"
#include "verif/tests/cli/refusal.hpp"

namespace tatami::test {
namespace {

/// A folder with a fuzzer of instruction words that does what `script` says, and a program as its seed.
class Fuzzer {
 public:
  explicit Fuzzer(const std::string& script) {
    std::filesystem::create_directories(folder_.path("programs"));
    std::filesystem::create_directories(folder_.path("fuzz"));
    folder_.write("programs/a.elf", "a program");
    folder_.write("fuzz/fuzz-words", "#!/bin/sh\n" + script);
    std::filesystem::permissions(folder_.path("fuzz/fuzz-words"), std::filesystem::perms::owner_all);
  }

  Result run(const std::string& options) const {
    return folder_.shell("python3 scripts/fuzz.py --build %/ " + options);
  }
  std::filesystem::path path(const std::string& name) const { return folder_.path(name); }

 private:
  Workspace folder_;
};

}  // namespace

TEST_CASE("A parser passes that has taken all inputs, from its seeds on", "[fuzz]") {
  const Fuzzer fuzzer("cat \"${0%/*}\"/corpus/words/seed-0 >/dev/null && echo \"Done 70 runs in 1 second(s)\"\n");
  const Result result = fuzzer.run("--inputs 70 words");
  CAPTURE(result.out, result.err);
  CHECK(result.code == 0);
  CHECK(contains(result.out, "1 passed, 0 failed\n"));
  const Result few = fuzzer.run("--inputs 71 words");
  CHECK(few.code == 1);
  CHECK(contains(few.out, "repeat with: make fuzz FUZZ=words SEED=1 INPUTS=71\n"));
}

TEST_CASE("A parser that crashes gives the input and the command", "[fuzz]") {
  const Fuzzer fuzzer("echo reason; echo bad > \"${0%/*}\"/found/words/crash-1; exit 77\n");
  const Result result = fuzzer.run("words");
  CAPTURE(result.out, result.err);
  CHECK(result.code == 1);
  CHECK(contains(result.out, "reason"));
  CHECK(contains(result.out, "repeat with: " + fuzzer.path("fuzz/fuzz-words").string() + " " +
                                 fuzzer.path("fuzz/found/words/crash-1").string() + "\n"));
}

TEST_CASE("Unknown targets, bad numbers and missing seeds are refused with one sentence", "[fuzz]") {
  const Fuzzer fuzzer("exit 0\n");
  fails(fuzzer.run("nothing"), 2, "unknown target 'nothing'; known are");
  fails(fuzzer.run("--inputs 0 words"), 2, "'0' must be a number from 1");
  fails(fuzzer.run("elf"), 2, "fuzz-elf is missing; run: make fuzz");
  std::filesystem::remove(fuzzer.path("programs/a.elf"));
  fails(fuzzer.run("words"), 2, "no file is called");
}

}  // namespace tatami::test
