// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>

#include "sim/engine/mesh_device.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/device_tools.hpp"
#include "verif/lib/device_wave.hpp"
#include "verif/tests/engine/traffic.hpp"

namespace tatami::test {
namespace {

using engine::MeshDevice;
using End = RunStatus::End;

TEST_CASE("waves hold the chosen nodes in the chosen window, and change no result", "[engine]") {
  const auto path = std::filesystem::temp_directory_path() / fmt::format("tatami_engine_{}.fst", ::getpid());
  std::filesystem::remove(path);
  const auto library = open_model("small", "trace");
  std::uint64_t cycles[2] = {};
  for (int recorded = 0; recorded < 2; ++recorded) {
    MeshDevice device(library, {.rows = 1, .cols = 2, .seed = seed()});
    if (recorded != 0) device.record({path.string(), 10, 40}, {{0, 1}});
    const auto group = device.define_groups({{{0, 0}, {0, 1}}});
    for (unsigned n = 0; n < 2; ++n) {
      for (const Segment& segment : traffic({0, n}, 1, 2, seed(), group[0].value()))
        device.write({0, n}, segment.address, segment.bytes);
      device.start({0, n}, 0, 0);
    }
    const RunStatus status = device.run(20'000);
    REQUIRE(status.end == End::Idle);
    cycles[recorded] = status.cycles;
  }
  CHECK(cycles[0] == cycles[1]);
  REQUIRE(std::filesystem::exists(path));
  CHECK(std::filesystem::file_size(path) > 1000);
  std::filesystem::remove(path);
  const engine::ModelLibrary without_waves(load_config("sim/configs/small.json"), "fast", model_folder());
  MeshDevice fast(without_waves, {.seed = seed()});
  CHECK_THROWS_AS(fast.record({path.string(), 0, 10}, {}), engine::ModelError);
}

TEST_CASE("a test's device is recorded around the cycle that a first run names", "[engine]") {
  auto library = open_model("small", "trace");
  library.watch([](MeshDevice& device) { return std::make_shared<DeviceWave>(device); });
  const auto run = [&] {
    MeshDevice device(library, {.rows = 1, .cols = 2, .seed = seed()});
    device.load({0, 1}, 0, random_bytes(seed(), 640));
    REQUIRE(device.run(1000).end == End::Idle);
  };
  const std::string name = DeviceWave::next();
  const auto wave = FailureMoment::folder() / (name + ".fst");
  setenv(DeviceWave::kVariable, (name + "@15").c_str(), 1);
  run();
  CHECK(std::filesystem::exists(wave));
  CHECK(std::filesystem::file_size(wave) > 1000);
  const auto next = FailureMoment::folder() / (DeviceWave::next() + ".fst");
  run();
  CHECK_FALSE(std::filesystem::exists(next));
  unsetenv(DeviceWave::kVariable);
  std::filesystem::remove(wave);
}

TEST_CASE("a failed check belongs to what lives, or else to what lived last", "[engine]") {
  const auto bench = [](const std::string& name, std::uint64_t cycle, bool recorded) {
    return FailureMoment::Bench{name, [cycle] { return cycle; }, [cycle] { return 2 * cycle; }, 2, recorded};
  };
  const auto file = FailureMoment::folder() / "moment_test.moment.json";
  const auto words = [&file] { return nlohmann::json::parse(std::ifstream(file)); };
  int first = 0, second = 0;
  SECTION("living, recorded") {
    FailureMoment moment;
    moment.add(&first, bench("moment_test", 7, true));
    moment.note("a");
    moment.note("b");
    moment.remove(&first);
    CHECK(words() == nlohmann::json{{"cycle", 7}, {"time", 14}, {"units_per_cycle", 2}, {"what", "a"}});
    CHECK_FALSE(moment.missed());
  }
  SECTION("dead, recorded") {
    FailureMoment moment;
    moment.add(&first, bench("moment_test", 7, true));
    moment.remove(&first);
    CHECK_FALSE(std::filesystem::exists(file));
    moment.note("a");
    CHECK(words()["what"] == "a");
  }
  SECTION("dead, not recorded") {
    FailureMoment moment;
    moment.add(&first, bench("moment_test", 7, false));
    moment.remove(&first);
    moment.add(&second, bench("moment_test", 9, false));
    moment.remove(&second);
    CHECK_FALSE(moment.missed());
    moment.note("a");
    REQUIRE(moment.missed());
    CHECK(moment.missed()->cycle == 9);
    CHECK_FALSE(std::filesystem::exists(file));
  }
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace tatami::test
