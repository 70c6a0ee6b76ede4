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
/// that come after it write none. A check that fails when no bench lives, such as an exception that ended one, belongs
/// to the last that did.
class FailureMoment {
 public:
  /// What runs in cycles, and its waveform.
  struct Bench {
    std::string name;                            ///< of the waveform, without .fst
    std::function<std::uint64_t()> cycle, time;  ///< now: its cycles, and its time in the waveform
    std::uint64_t units_per_cycle = 2;           ///< of the waveform's time
    bool recorded = true;                        ///< there is a waveform
  };
  /// A bench that had no waveform when a check failed.
  struct Missed {
    std::string name;
    std::uint64_t cycle;
  };

  static FailureMoment& instance() {
    static FailureMoment moment;
    return moment;
  }
  /// The folder of the program.
  static std::filesystem::path folder() { return std::filesystem::read_symlink("/proc/self/exe").parent_path(); }

  bool failed() const { return failed_; }
  const std::optional<Missed>& missed() const { return missed_; }

  void add(const void* key, Bench bench) { living_.push_back({key, std::move(bench), std::nullopt}); }

  /// A check failed, which `what` names.
  void note(const std::string& what) {
    if (failed_) return;
    for (Entry& entry : living_) entry.moment = moment_of(entry.bench, what);
    failed_ = !living_.empty();
    if (failed_ || !last_) return;
    failed_ = true;
    last_->moment["what"] = what;
    keep(last_->name, last_->recorded, last_->moment);
  }

  /// The bench ends.
  void remove(const void* key) {
    const auto it = std::find_if(living_.begin(), living_.end(), [&](const Entry& e) { return e.key == key; });
    if (it == living_.end()) return;
    const Bench& bench = it->bench;
    if (it->moment) {
      keep(bench.name, bench.recorded, *it->moment);
    } else if (!failed_) {
      std::filesystem::remove(file(bench.name));
      last_ = {bench.name, bench.recorded, moment_of(bench, "")};
    }
    living_.erase(it);
  }

 private:
  using Json = nlohmann::ordered_json;
  struct Entry {
    const void* key;
    Bench bench;
    std::optional<Json> moment;
  };
  struct Last {
    std::string name;
    bool recorded;
    Json moment;
  };

  static std::filesystem::path file(const std::string& name) { return folder() / (name + ".moment.json"); }
  static Json moment_of(const Bench& bench, const std::string& what) {
    return {
        {"cycle", bench.cycle()}, {"time", bench.time()}, {"units_per_cycle", bench.units_per_cycle}, {"what", what}};
  }
  void keep(const std::string& name, bool recorded, const Json& moment) {
    if (recorded) {
      std::ofstream(file(name)) << moment.dump(2) << "\n";
    } else if (!missed_) {
      missed_ = {name, moment["cycle"]};
    }
  }

  std::vector<Entry> living_;
  std::optional<Last> last_;
  std::optional<Missed> missed_;
  bool failed_ = false;
};

}  // namespace tatami::test
