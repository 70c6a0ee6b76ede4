// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "sim/engine/mesh_device.hpp"
#include "verif/lib/moment.hpp"

namespace tatami::test {

/// The waveform of one of a test's devices, all of its nodes. To record whole nodes takes long, and a simulation is the
/// same each time: so a program that was built with TRACE=1 runs without recording, notes which device a check failed
/// on and when, and runs again (verif/lib/main.cpp) to record that device around that cycle. Devices are numbered as
/// they come. One with several host threads cannot be recorded.
class DeviceWave {
 public:
  static constexpr std::uint64_t kBefore = 4000, kAfter = 200;  ///< cycles of the window
  /// What a second run shall record: "<name>@<cycle>".
  static constexpr const char* kVariable = "TATAMI_RECORD";

  /// The name of the next device's waveform.
  static std::string next() { return fmt::format("nodes-{}", count() + 1); }

  explicit DeviceWave(engine::MeshDevice& device) {
    const std::string name = next();
    ++count();
    const char* asked = std::getenv(kVariable);
    const std::string wanted = asked ? asked : "";
    const bool recorded = wanted.starts_with(name + "@");
    const std::filesystem::path file = FailureMoment::folder() / (name + ".fst");
    if (recorded) {
      const std::uint64_t cycle = std::stoull(wanted.substr(name.size() + 1));
      device.record({.path = file, .from = cycle - std::min(cycle, kBefore), .to = cycle + kAfter}, {});
    } else {
      std::filesystem::remove(file);
    }
    constexpr std::uint64_t kUnits = engine::WaveWindow::kUnitsPerCycle;
    FailureMoment::instance().add(this, {name, [&device] { return device.time(); },
                                         [&device] { return kUnits * device.time(); }, kUnits, recorded});
  }
  ~DeviceWave() { FailureMoment::instance().remove(this); }
  DeviceWave(const DeviceWave&) = delete;
  DeviceWave& operator=(const DeviceWave&) = delete;

 private:
  static unsigned& count() {
    static unsigned devices = 0;
    return devices;
  }
};

}  // namespace tatami::test
