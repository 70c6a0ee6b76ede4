// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include <memory>
#include <optional>

#include "sim/cli/commands.hpp"
#include "sim/cli/investigation.hpp"
#include "sim/cli/machine.hpp"
#include "sim/cli/operation_record.hpp"
#include "sim/cli/parse.hpp"
#include "sim/cli/progress.hpp"
#include "sim/cli/report.hpp"
#include "sim/cli/run_options.hpp"
#include "sim/runtime/error.hpp"
#include "sim/runtime/files.hpp"
#include "sim/runtime/npy.hpp"
#include "sim/workloads/host_layout.hpp"
#include "sim/workloads/rectangle.hpp"
#include "sim/workloads/run.hpp"

namespace tatami::cli {
namespace {

constexpr std::size_t kDefaultMatrix = 128;

constexpr int kMostExtent = 1 << 24;
const CLI::Range kExtents(1, kMostExtent);

/// Options as given; an option that was not given and has no default is empty.
struct TensorOptions {
  RunOptions run;
  std::string format = "bf16";
  std::string layout = "nn";
  std::string out_format = "fp32";
  std::string out;

  std::optional<std::size_t> m, n, k;
  std::string a, b;

  std::optional<std::size_t> batch, in_channels, out_channels, pad;
  std::size_t stride = 1;
  std::string size, kernel;
  std::string input, weight;
};

/// An extent that may come from a file, from an option, or be the default; file and option must agree.
std::size_t extent(std::optional<std::size_t> file, std::optional<std::size_t> option, std::size_t otherwise,
                   const std::string& name) {
  if (file && option && *file != *option) {
    throw InputError(fmt::format("{} is {} but the file has {}; leave the option out", name, *option, *file));
  }
  return file ? *file : option.value_or(otherwise);
}

std::optional<HostTensor> read_input(const std::string& path, std::size_t rank, const std::string& what,
                                     DataType type) {
  if (path.empty()) return std::nullopt;
  const npy::Array array = npy::read(path);
  if (array.shape.size() != rank) {
    throw InputError(fmt::format("{} must have {} dimensions, and {} has shape {}", what, rank, path,
                                 array.shape.empty() ? "()" : to_string(array.shape)));
  }
  return to_type(array, type);
}

std::optional<std::size_t> dimension(const std::optional<HostTensor>& tensor, std::size_t d) {
  return tensor ? std::optional(tensor->shape[d]) : std::nullopt;
}

/// How a product's operands lie in the machine.
Transposed parse_transposed(const std::string& layout) {
  if (layout == "nn") return {};
  if (layout == "tn") return {.left = true};
  if (layout == "nt") return {.right = true};
  if (layout == "tt") return {.left = true, .right = true};
  throw InputError(fmt::format("--layout is nn, nt, tn or tt, and not '{}'", layout));
}

Operation matmul_operation(const TensorOptions& o) {
  const DataType type = parse_operand_type(o.format);
  std::optional<HostTensor> a = read_input(o.a, 2, "--a", type), b = read_input(o.b, 2, "--b", type);
  const std::size_t m = extent(dimension(a, 0), o.m, kDefaultMatrix, "--m");
  const std::size_t n = extent(dimension(b, 1), o.n, kDefaultMatrix, "--n");
  const std::size_t k = extent(a ? dimension(a, 1) : dimension(b, 0), o.k, kDefaultMatrix, "--k");
  if (b && b->shape[0] != k) {
    throw InputError(
        fmt::format("matmul needs as many columns of a as rows of b, and they are {} and {}", k, b->shape[0]));
  }
  return {"matmul", matmul_shape(m, n, k),     a.value_or(HostTensor{}), b.value_or(HostTensor{}),
          type,     parse_transposed(o.layout)};
}

Operation conv_operation(const TensorOptions& o) {
  const DataType type = parse_operand_type(o.format);
  std::optional<HostTensor> x = read_input(o.input, 4, "--input", type), w = read_input(o.weight, 4, "--weight", type);
  std::optional<std::size_t> height, width, kernel_height, kernel_width;
  if (!o.size.empty()) std::tie(height, width) = parse_pair(o.size, "--size");
  if (!o.kernel.empty()) std::tie(kernel_height, kernel_width) = parse_pair(o.kernel, "--kernel");
  constexpr std::size_t kSize = 16, kChannels = 32, kKernel = 3;

  ConvShape s;
  s.batch = extent(dimension(x, 0), o.batch, 1, "--batch");
  s.in_channels = extent(x ? dimension(x, 1) : dimension(w, 1), o.in_channels, kChannels, "--in-channels");
  s.height = extent(dimension(x, 2), height, kSize, "the height of --size");
  s.width = extent(dimension(x, 3), width, kSize, "the width of --size");
  s.out_channels = extent(dimension(w, 0), o.out_channels, kChannels, "--out-channels");
  s.kernel_height = extent(dimension(w, 2), kernel_height, kKernel, "the height of --kernel");
  s.kernel_width = extent(dimension(w, 3), kernel_width, kKernel, "the width of --kernel");
  s.stride = o.stride;
  s.pad = o.pad.value_or(s.kernel_height > 0 ? (s.kernel_height - 1) / 2 : 0);
  if (w && w->shape[1] != s.in_channels) {
    throw InputError(fmt::format("conv needs as many channels of the input as of the weight, and they are {} and {}",
                                 s.in_channels, w->shape[1]));
  }
  return {"conv", s, x.value_or(HostTensor{}), w.value_or(HostTensor{}), type};
}

/// Runs the operations one after the other; stops at the first that does not pass.
std::vector<LaunchRecord> run_all(const Run& run, const RunRecord& of, Machine& machine, std::uint64_t max_cycles) {
  std::vector<LaunchRecord> records;
  run.upload_inputs(machine.device());
  std::uint64_t left = max_cycles;
  for (std::size_t i = 0; i < run.operations().size(); ++i) {
    const Launch& launch = run.launch(i);
    LaunchRecord record = record_of({launch.op, launch.shape, {}, {}}, of.format, of.output_type);
    {
      Progress progress(launch.op, launch.expected_cycles);
      record.outcome = run.execute(i, machine.device(), left, [&](std::uint64_t cycles) { progress.update(cycles); });
    }
    record.activity = machine.activity();
    if (record.outcome.status.end == RunStatus::End::Idle) {
      record.macs = launch.macs;
      record.bytes_moved = launch.bytes_moved;
      record.transfers = launch.transfers;
    }
    left -= std::min(left, record.outcome.status.cycles);
    records.push_back(std::move(record));
    if (status_of(records) != "pass") break;
  }
  return records;
}

/// Does on another machine what run_all did, up to the launch that was its last; returns how that one ended.
RunStatus repeat(const Run& run, Device& device, std::uint64_t max_cycles, std::size_t launches) {
  run.upload_inputs(device);
  RunStatus status;
  std::uint64_t left = max_cycles;
  for (std::size_t i = 0; i < launches && status.end == RunStatus::End::Idle; ++i) {
    status = run.simulate(i, device, left);
    left -= std::min(left, status.cycles);
  }
  return status;
}

int run(TensorOptions o, const std::string& workload, const std::string& command) {
  o.run.prepare();
  if (o.out == "-") throw InputError("--out is a file; only --json can be -");
  MachineOptions& options = o.run.machine;
  options.mesh = live_rectangle(options.grid);
  const Config config = find_config(options.config);

  std::vector<Operation> operations;
  if (workload != "conv") operations.push_back(matmul_operation(o));
  if (workload != "matmul") operations.push_back(conv_operation(o));
  const RunRecord record{command, workload, options, config, parse_type(o.out_format, "--out-format"), o.format};
  Run planned(config, options.mesh, record.output_type, std::move(operations));

  // Output files are opened before the run, so that a bad path costs no time.
  JsonOutput json(o.run.json);
  std::optional<OutputFile> out_file;
  if (!o.out.empty()) out_file.emplace(o.out);

  Investigation investigation(config, options, command);
  planned.draw_operands(options.seed);
  std::vector<LaunchRecord> launches = run_all(planned, record, investigation.machine(), o.run.max_cycles);
  LaunchRecord& last = launches.back();
  last.cause = investigation.conclude(failure_of(last.outcome, last.op, record.output_type), [&](Device& device) {
    return repeat(planned, device, o.run.max_cycles, launches.size());
  });

  const std::optional<HostTensor>& output = launches.back().outcome.output;
  if (out_file && output) out_file->commit(npy::format(*output));
  return json.finish(record, launches);
}

void add_formats(CLI::App& app, TensorOptions& o) {
  app.add_option("--format", o.format, "number format of the operands: bf16, fp16, shp, cfp8_143 or cfp8_152")
      ->capture_default_str();
  app.add_option("--out-format", o.out_format, "number format of the result: fp32 or bf16")->capture_default_str();
}

void extent_option(CLI::App& app, const std::string& name, std::optional<std::size_t>& value, const std::string& text) {
  app.add_option(name, value, text)->check(kExtents);
}

void add_matmul(CLI::App& app, TensorOptions& o) {
  extent_option(app, "--m", o.m, "rows of a (default 128)");
  extent_option(app, "--n", o.n, "columns of b (default 128)");
  extent_option(app, "--k", o.k, "columns of a, rows of b (default 128)");
  app.add_option("--layout", o.layout, "how a and b lie in the machine: n as they are, t transposed")
      ->capture_default_str();
  app.add_option("--a", o.a, "a as .npy [m][k] (default: random)");
  app.add_option("--b", o.b, "b as .npy [k][n] (default: random)");
  app.add_option("--out", o.out, "write the product as .npy [m][n]");
}

void add_conv(CLI::App& app, TensorOptions& o) {
  app.add_option("--input", o.input, "images as .npy [batch][channels][height][width] (default: random)");
  app.add_option("--weight", o.weight, "filters as .npy [out][in][height][width] (default: random)");
  extent_option(app, "--batch", o.batch, "images (default 1)");
  extent_option(app, "--in-channels", o.in_channels, "input channels (default 32)");
  extent_option(app, "--out-channels", o.out_channels, "output channels (default 32)");
  app.add_option("--size", o.size, "image size, as HxW (default 16x16)");
  app.add_option("--kernel", o.kernel, "filter size, as RxS (default 3x3)");
  app.add_option("--stride", o.stride, "distance of neighbouring outputs")->capture_default_str()->check(kExtents);
  app.add_option("--pad", o.pad, "zeros on each side (default: half the filter's height)")
      ->check(CLI::Range(0, kMostExtent));
  app.add_option("--out", o.out, "write the result as .npy [batch][out][height][width]");
}

}  // namespace

void add_run(CLI::App& app, Action& action, const std::string& command) {
  CLI::App* run_app = app.add_subcommand("run", "Run a workload and compare it bit by bit with the golden operators");
  run_app->require_subcommand(1);
  const auto add = [&](const std::string& workload, const std::string& text) {
    const auto options = std::make_shared<TensorOptions>();
    CLI::App* sub = run_app->add_subcommand(workload, text);
    options->run.add_to(*sub);
    add_formats(*sub, *options);
    if (workload == "matmul") add_matmul(*sub, *options);
    if (workload == "conv") add_conv(*sub, *options);
    sub->callback([=, &action] { action = [=] { return run(*options, workload, command); }; });
  };
  add("matmul", "Matrix product a x b");
  add("conv", "Two-dimensional convolution");
  add("all", "Both, with their default shapes, on one machine");
  add_collectives(*run_app, action, command);
}

}  // namespace tatami::cli
