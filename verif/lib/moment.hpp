// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tatami::test {

/// Where in a test's waveforms a check failed. A program writes its waveforms beside itself; the one in whose time the
/// first check failed gets a small file <name>.moment.json, from which `make wave` knows where to look, and benches
/// that come after it write none.
class FailureMoment {
 public:
  static constexpr std::uint64_t kUnitsPerCycle = 2;  ///< of a waveform's time: a half of a cycle each

  /// A living bench's clock: its cycles, and its time in the waveform.
  struct Clock {
    std::function<std::uint64_t()> cycle, time;
  };

  static FailureMoment& instance() {
    static FailureMoment moment;
    return moment;
  }
  /// The folder of the program.
  static std::filesystem::path folder() { return std::filesystem::read_symlink("/proc/self/exe").parent_path(); }

  bool failed() const { return failed_; }

  void add(const void* bench, Clock clock) { benches_.push_back({bench, std::move(clock), std::nullopt}); }

  /// A check failed, which `what` names.
  void note(const std::string& what) {
    if (failed_) return;
    failed_ = !benches_.empty();
    for (Bench& bench : benches_) {
      bench.moment = {{"cycle", bench.clock.cycle()},
                      {"time", bench.clock.time()},
                      {"units_per_cycle", kUnitsPerCycle},
                      {"what", what}};
    }
  }

  /// The bench ends. `name` is that of its waveform, without .fst.
  void remove(const void* bench, const std::string& name) {
    const auto it = std::find_if(benches_.begin(), benches_.end(), [&](const Bench& b) { return b.bench == bench; });
    if (it == benches_.end()) return;
    const std::filesystem::path path = folder() / (name + ".moment.json");
    if (it->moment) {
      std::ofstream(path) << it->moment->dump(2) << "\n";
    } else if (!failed_) {
      std::filesystem::remove(path);
    }
    benches_.erase(it);
  }

 private:
  struct Bench {
    const void* bench;
    Clock clock;
    std::optional<nlohmann::ordered_json> moment;
  };
  std::vector<Bench> benches_;
  bool failed_ = false;
};

}  // namespace tatami::test
