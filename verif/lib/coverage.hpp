// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <verilated_cov.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "verif/lib/moment.hpp"

namespace tatami::test {

/// How often each point of a test program's models was reached, summed over all benches. The sums go to coverage.dat
/// beside the program when it ends, in Verilator's form: a line "C 'point' count" each.
class CoverageLog {
 public:
  static CoverageLog& instance() {
    static CoverageLog log;
    return log;
  }

  /// Adds what a context has counted, at the end of a bench.
  void add(VerilatedContext& context) {
    const std::filesystem::path path = FailureMoment::folder() / "coverage.part";
    context.coveragep()->write(path.string());
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
      const std::size_t end = line.rfind("' ");
      if (line.starts_with("C '") && end != std::string::npos) {
        counts_[line.substr(0, end + 2)] += std::stoull(line.substr(end + 2));
      }
    }
    std::filesystem::remove(path);
  }

  ~CoverageLog() {
    std::ofstream file(FailureMoment::folder() / "coverage.dat");
    for (const auto& [point, count] : counts_) file << point << count << "\n";
  }

 private:
  CoverageLog() = default;
  std::map<std::string, std::uint64_t> counts_;
};

}  // namespace tatami::test
