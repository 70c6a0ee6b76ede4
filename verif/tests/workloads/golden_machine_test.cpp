// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// Generated programs on the golden machine, against the golden operators: shapes, meshes, configurations, output
// formats.

#include <fmt/format.h>

#include "sim/workloads/run.hpp"
#include "verif/golden/machine/machine.hpp"
#include "verif/lib/catch.hpp"
#include "verif/tests/workloads/bench.hpp"

namespace tatami::test {
namespace {

Config config_named(const std::string& name) { return load_config("sim/configs/" + name + ".json"); }

golden::CoreConfig core_config(const Config& c) {
  return {c.threads, c.simd_bytes, c.matrix_rows, c.matrix_cols, c.sram_bytes(), c.semaphores};
}

std::string describe(const ConvShape& s) {
  return fmt::format("n{} c{} {}x{} k{} {}x{} stride {} pad {}", s.batch, s.in_channels, s.height, s.width,
                     s.out_channels, s.kernel_height, s.kernel_width, s.stride, s.pad);
}

/// Runs on a golden machine under a random schedule; returns the result.
HostTensor run_golden(const std::string& config_name, const Mesh& mesh, const ConvShape& shape, const ConvData& data,
                      DataType type) {
  const Config config = config_named(config_name);
  golden::Machine machine(core_config(config), mesh.rows, mesh.cols, seed());
  return run_conv(machine, config, mesh, shape, data, type);
}

void check(const std::string& config, const std::vector<Mesh>& meshes, const ConvShape& shape) {
  const ConvData data = random_data(shape, seed());
  for (const DataType type : {DataType::Fp32, DataType::Bf16}) {
    const HostTensor expected = golden_conv(shape, data, type);
    for (const Mesh& mesh : meshes) {
      INFO(config << " " << mesh.text() << " " << describe(shape));
      CHECK(difference(run_golden(config, mesh, shape, data, type), expected) == "");
    }
  }
}

/// The same of a product, `schedules` times.
void check_product(const std::string& config_name, const std::vector<Mesh>& meshes, const ConvShape& shape,
                   unsigned schedules = 1) {
  const Config config = config_named(config_name);
  for (const DataType type : {DataType::Fp32, DataType::Bf16}) {
    for (const Mesh& mesh : meshes) {
      for (unsigned i = 0; i < schedules; ++i) {
        INFO(config_name << " " << mesh.text() << " " << describe(shape) << " schedule " << seed() + i);
        golden::Machine machine(core_config(config), mesh.rows, mesh.cols, seed() + i);
        CHECK(product_difference(machine, config, mesh, shape, type) == "");
      }
    }
  }
}

/// A machine that serves one in so many groups, or none.
class FewGroups : public golden::Machine {
 public:
  FewGroups(const Config& config, const Mesh& mesh, std::uint64_t schedule, unsigned one_in)
      : Machine(core_config(config), mesh.rows, mesh.cols, schedule), one_in_(one_in) {}

  std::vector<std::optional<unsigned>> define_groups(const std::vector<std::vector<NodeId>>& sets) override {
    auto numbers = Machine::define_groups(sets);
    asked_ = static_cast<unsigned>(numbers.size());
    for (unsigned i = 0; i < asked_; ++i) {
      if (one_in_ == 0 || i % one_in_ != 0) numbers[i].reset();
    }
    return numbers;
  }
  unsigned asked() const { return asked_; }

 private:
  unsigned one_in_, asked_ = 0;
};

const std::vector<Mesh> kMeshes{{1, 1}, {1, 3}, {2, 2}, {4, 4}};
const std::vector<Mesh> kProductMeshes{{1, 1}, {1, 3}, {3, 1}, {2, 2}, {3, 2}, {4, 4}};

}  // namespace

TEST_CASE("a matrix product is the same bits on every mesh", "[matmul]") {
  for (const auto& [m, n, k] : {std::array<std::size_t, 3>{1, 1, 1}, {7, 13, 5}, {8, 8, 4}, {17, 65, 130}}) {
    check_product("full", kProductMeshes, matmul_shape(m, n, k));
    check_product("small", kProductMeshes, matmul_shape(m, n, k));
  }
}

TEST_CASE("a larger matrix product is the same bits on every mesh", "[matmul]") {
  check_product("full", kProductMeshes, matmul_shape(200, 96, 160));
}

TEST_CASE("a product whose panels share slots is the same bits in any schedule", "[matmul]") {
  // More panels than a node has room for (small) or semaphores for (full): partial sums leave the accumulators.
  check_product("small", {{2, 2}, {3, 2}, {3, 3}}, matmul_shape(40, 41, 603), 3);
  check_product("small", {{2, 2}}, matmul_shape(16, 8, 2000), 3);
  check_product("full", {{1, 2}, {2, 2}}, matmul_shape(9, 17, 4001), 2);
}

TEST_CASE("every node sends and takes panels, also without outputs of its own", "[matmul]") {
  check_product("small", {{4, 4}}, matmul_shape(3, 40, 90), 2);
  check_product("small", {{4, 4}}, matmul_shape(40, 3, 90), 2);
}

TEST_CASE("a product is the same bits whichever rows and columns have groups", "[matmul]") {
  const Config config = config_named("small");
  for (const auto& [mesh, groups] : {std::pair{Mesh{1, 3}, 1U}, {Mesh{2, 2}, 0U}, {Mesh{4, 4}, 8U}, {Mesh{2, 5}, 2U}}) {
    for (const unsigned one_in : {0U, 1U, 2U, 3U}) {
      for (const std::size_t k : {1, 50, 603}) {
        INFO(mesh.text() << " one in " << one_in << " groups, k " << k);
        FewGroups machine(config, mesh, seed() + one_in, one_in);
        for (unsigned run = 0; run < 2; ++run) {  // no post may be left over
          CHECK(product_difference(machine, config, mesh, matmul_shape(40, 41, k), DataType::Bf16) == "");
        }
        CHECK(machine.asked() == groups);
      }
    }
  }
}

TEST_CASE("a convolution is the same bits on every mesh", "[conv]") {
  const auto [kernel, stride, pad] = GENERATE(table<std::size_t, std::size_t, std::size_t>(
      {{1, 1, 0}, {1, 2, 0}, {3, 1, 1}, {3, 2, 1}, {3, 1, 0}, {5, 1, 2}, {5, 2, 3}, {7, 2, 3}, {7, 1, 3}}));
  ConvShape shape{3, 6, 9, 11, 10, kernel, kernel, stride, pad};
  check("full", kMeshes, shape);
  shape.batch = 2, shape.height = 7, shape.width = 8;
  check("small", kMeshes, shape);
}

TEST_CASE("a convolution is the same bits whichever rows and columns have groups", "[conv]") {
  const Config config = config_named("small");
  // Unlike columns; columns and rows without outputs, which send all the same; halos of several rows.
  const std::vector<ConvShape> shapes{
      {1, 20, 9, 9, 20, 3, 3, 1, 1}, {1, 20, 3, 9, 5, 3, 3, 1, 1}, {2, 9, 7, 6, 13, 5, 3, 2, 2}};
  for (const auto& [mesh, groups] : {std::pair{Mesh{2, 2}, 0U}, {Mesh{3, 3}, 6U}, {Mesh{4, 5}, 9U}}) {
    for (const ConvShape& shape : shapes) {
      const ConvData data = random_data(shape, seed());
      const HostTensor expected = golden_conv(shape, data, DataType::Fp32);
      for (const unsigned one_in : {0U, 1U, 2U}) {
        INFO(mesh.text() << " one in " << one_in << " groups, " << describe(shape));
        FewGroups machine(config, mesh, seed() + one_in, one_in);
        for (unsigned run = 0; run < 2; ++run) {  // no post may be left over
          CHECK(difference(run_conv(machine, config, mesh, shape, data, DataType::Fp32), expected) == "");
        }
        CHECK(machine.asked() <= groups);
      }
    }
  }
}

TEST_CASE("filters higher than there are gates, and steps wider than the filter, convolve on every mesh", "[conv]") {
  check("small", kMeshes, {1, 3, 34, 6, 5, 33, 3, 1, 1});
  check("small", kMeshes, {1, 5, 13, 13, 6, 2, 2, 3, 1});
  check("small", kMeshes, {1, 5, 9, 9, 6, 1, 1, 4, 2});   // some outputs see nothing but padding
  check("small", kMeshes, {1, 5, 1, 40, 6, 3, 3, 1, 1});  // cut by pixels
  check("small", kMeshes, {1, 5, 1, 20, 6, 1, 1, 1, 1});  // input cut by pixels, output by lines
}

TEST_CASE("a convolution's output is a matrix product's input without leaving the machine", "[chain]") {
  // Widths that are and are not multiples of a row tile, channels that do not fill a column tile.
  for (const ConvShape& conv : {ConvShape{2, 6, 8, 8, 10, 3, 3, 1, 1}, ConvShape{1, 4, 7, 9, 5, 3, 3, 2, 1}}) {
    const ChainData chain = random_chain(conv, 11, seed());
    for (const std::string config_name : {"full", "small"}) {
      const Config config = config_named(config_name);
      for (const Mesh& mesh : kMeshes) {
        INFO(config_name << " " << mesh.text() << " " << describe(conv));
        golden::Machine machine(core_config(config), mesh.rows, mesh.cols, seed());
        CHECK(difference(run_chain(machine, config, mesh, chain, DataType::Fp32),
                         golden_chain(chain, DataType::Fp32)) == "");
      }
    }
  }
}

TEST_CASE("an infinite activation spoils no other output channel's padding", "[chain]") {
  // 5 channels fill one column tile and a part; the rest of the tile must stay zero for the product that follows.
  const ConvShape conv{1, 4, 1, 9, 5, 1, 1, 1, 0};
  ChainData chain = random_chain(conv, 3, seed());
  chain.conv_data.images.bits[3] = 0x7f80;
  const Config config = config_named("full");
  golden::Machine machine(core_config(config), 1, 2, seed());
  CHECK(difference(run_chain(machine, config, {1, 2}, chain, DataType::Fp32), golden_chain(chain, DataType::Fp32)) ==
        "");
}

TEST_CASE("operands of every format give the golden operator's bits", "[format]") {
  const Config config = config_named("full");
  for (const DataType type : kOperandTypes) {
    for (const ConvShape& shape :
         {matmul_shape(17, 65, 30), ConvShape{2, 11, 9, 7, 13, 3, 3, 1, 1}, ConvShape{1, 3, 12, 11, 9, 5, 5, 2, 2}}) {
      for (const Mesh& mesh : {Mesh{1, 1}, Mesh{2, 2}}) {
        INFO(name_of(type) << " " << mesh.text() << " " << describe(shape));
        golden::Machine machine(core_config(config), mesh.rows, mesh.cols, seed());
        const std::string op = shape.height == 1 ? "matmul" : "conv";
        Run run(config, mesh, DataType::Fp32, {{op, shape, {}, {}, type}});
        run.draw_operands(seed());
        run.upload_inputs(machine);
        const Outcome outcome = run.execute(0, machine, 100'000'000);
        CHECK(outcome.status.end == RunStatus::End::Idle);
        CHECK_FALSE(outcome.mismatch.has_value());
      }
    }
  }
}

TEST_CASE("operands that lie transposed give the same product", "[matmul]") {
  for (const std::string config_name : {"full", "small"}) {
    const Config config = config_named(config_name);
    for (const DataType type : {DataType::Bf16, DataType::Cfp8_143}) {
      if (config_name == "small" && type != DataType::Bf16) continue;
      for (const auto& [m, n, k] : {std::array<std::size_t, 3>{1, 1, 1}, {16, 24, 20}, {13, 70, 37}, {40, 8, 140}}) {
        for (const Transposed transposed : {Transposed{true, false}, {false, true}, {true, true}}) {
          INFO(config_name << " " << name_of(type) << " " << m << " " << n << " " << k << " " << transposed.left
                           << transposed.right);
          golden::Machine machine(core_config(config), 1, 1, seed());
          Run run(config, {1, 1}, DataType::Bf16, {{"matmul", matmul_shape(m, n, k), {}, {}, type, transposed}});
          run.draw_operands(seed());
          run.upload_inputs(machine);
          const Outcome outcome = run.execute(0, machine, 100'000'000);
          CHECK(outcome.status.end == RunStatus::End::Idle);
          CHECK_FALSE(outcome.mismatch.has_value());
        }
      }
    }
  }
}

}  // namespace tatami::test
