// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/collectives/collective_run.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <stdexcept>

#include "sim/workloads/execute.hpp"
#include "sim/workloads/host_layout.hpp"
#include "verif/golden/ops/collectives.hpp"

namespace tatami {
namespace {

constexpr std::uint8_t kPoison = 0xa5;  // what lies where a result is to come

std::vector<std::uint8_t> packed(std::span<const std::uint32_t> elements, std::size_t element_bytes) {
  std::vector<std::uint8_t> bytes(elements.size() * element_bytes);
  for (std::size_t i = 0; i < elements.size(); ++i) {
    std::memcpy(&bytes[i * element_bytes], &elements[i], element_bytes);
  }
  return bytes;
}

void append_unpacked(std::vector<std::uint32_t>& elements, const std::vector<std::uint8_t>& bytes,
                     std::size_t element_bytes) {
  for (std::size_t i = 0; i < bytes.size(); i += element_bytes) {
    std::uint32_t element = 0;
    std::memcpy(&element, &bytes[i], element_bytes);
    elements.push_back(element);
  }
}

}  // namespace

CollectiveRun::CollectiveRun(const Config& config, const routing::Grid& grid, const Collective& collective)
    : collective_(collective), plan_(plan_collective(config, grid, collective)) {}

std::size_t CollectiveRun::elements_of_vector() const {
  return collective_.op == CollectiveOp::AllToAll ? plan_.members.size() * collective_.count : collective_.count;
}

Shape CollectiveRun::output_shape() const {
  if (collective_.op == CollectiveOp::ReduceScatter) return {collective_.count};
  return {plan_.members.size(), elements_of_vector()};
}

void CollectiveRun::draw(std::uint64_t seed) {
  vectors_.clear();
  for (std::size_t m = 0; m < plan_.members.size(); ++m) {
    vectors_.push_back(random_tensor({elements_of_vector()}, collective_.type, seed, m).bits);
  }
}

golden::Piece CollectiveRun::piece(NodeId node) const {
  return golden::owned_piece(collective_.count, element_bytes(collective_.type), plan_.members.rows, plan_.members.cols,
                             node.y, node.x);
}

void CollectiveRun::upload(Device& device) const {
  const std::size_t width = element_bytes(collective_.type), bytes = collective_.count * width;
  std::size_t m = 0;
  for (const NodeId node : plan_.members.nodes()) {
    const NodeId place = plan_.members.place(node);
    const std::span<const std::uint32_t> vector = vectors_[m];
    if (collective_.op == CollectiveOp::AllToAll) {
      const std::vector<std::uint8_t> poison(plan_.members.size() * plan_.block_bytes, kPoison);
      device.write(place, plan_.output, poison);
      for (std::size_t j = 0; j < plan_.members.size(); ++j) {
        device.write(place, plan_.input + j * plan_.block_bytes,
                     packed(vector.subspan(j * collective_.count, collective_.count), width));
      }
    } else {
      device.write(place, plan_.input, std::vector<std::uint8_t>(bytes, kPoison));
      golden::Piece own{0, collective_.count};
      if (collective_.op == CollectiveOp::AllGather) own = piece(node);
      if (collective_.op == CollectiveOp::Broadcast && m != collective_.root) own = {};
      device.write(place, plan_.input + own.begin * width,
                   packed(vector.subspan(own.begin, own.end - own.begin), width));
    }
    ++m;
  }
}

HostTensor CollectiveRun::download(Device& device) const {
  HostTensor result{output_shape(), collective_.type, {}};
  const std::size_t width = element_bytes(collective_.type);
  const auto read = [&](NodeId place, std::uint64_t address, std::size_t count) {
    std::vector<std::uint8_t> bytes(count * width);
    device.read(place, address, bytes);
    append_unpacked(result.bits, bytes, width);
  };
  if (collective_.op == CollectiveOp::ReduceScatter) {
    // Columns hold parts of the vector, and rows parts of those.
    for (unsigned x = 0; x < plan_.members.cols; ++x) {
      for (unsigned y = 0; y < plan_.members.rows; ++y) {
        const golden::Piece own = piece({y, x});
        read(plan_.members.place({y, x}), plan_.output + own.begin * width, own.end - own.begin);
      }
    }
    return result;
  }
  for (const NodeId node : plan_.members.nodes()) {
    const NodeId place = plan_.members.place(node);
    const bool blocks = collective_.op == CollectiveOp::AllToAll;
    for (std::size_t j = 0; j < (blocks ? plan_.members.size() : 1); ++j) {
      read(place, plan_.output + j * plan_.block_bytes, collective_.count);
    }
  }
  return result;
}

HostTensor CollectiveRun::expected() const {
  HostTensor result{output_shape(), collective_.type, {}};
  const auto append = [&](const golden::NodeVector& v) { result.bits.insert(result.bits.end(), v.begin(), v.end()); };
  golden::NodeVector everywhere;  // what every member has in the end
  switch (collective_.op) {
    case CollectiveOp::AllReduce:
    case CollectiveOp::ReduceScatter:
      everywhere = golden::allreduce(plan_.members.rows, plan_.members.cols, vectors_,
                                     collective_.type == DataType::Bf16 ? golden::kBf16 : golden::kFp32);
      break;
    case CollectiveOp::AllGather:
      everywhere.resize(collective_.count);
      for (std::size_t m = 0; m < vectors_.size(); ++m) {
        const golden::Piece own = piece(plan_.members.nodes()[m]);
        for (std::size_t i = own.begin; i < own.end; ++i) everywhere[i] = vectors_[m][i];
      }
      break;
    case CollectiveOp::Broadcast: everywhere = vectors_[collective_.root]; break;
    case CollectiveOp::AllToAll:
      for (const golden::NodeVector& v : golden::alltoall(vectors_)) append(v);
      return result;
  }
  const bool once = collective_.op == CollectiveOp::ReduceScatter;
  for (std::size_t m = 0; m < (once ? 1 : vectors_.size()); ++m) append(everywhere);
  return result;
}

CollectiveRun::Place CollectiveRun::place_of(const std::vector<std::size_t>& index) const {
  const std::vector<NodeId> nodes = plan_.members.nodes();
  const std::size_t width = element_bytes(collective_.type);
  if (collective_.op == CollectiveOp::ReduceScatter) {
    const auto holds = [&](NodeId node) {
      const golden::Piece own = piece(node);
      return own.begin <= index[0] && index[0] < own.end;
    };
    return {plan_.members.place(*std::find_if(nodes.begin(), nodes.end(), holds)), plan_.output + index[0] * width};
  }
  const NodeId node = plan_.members.place(nodes[index[0]]);
  if (collective_.op != CollectiveOp::AllToAll) return {node, plan_.output + index[1] * width};
  const std::size_t block = index[1] / collective_.count, element = index[1] % collective_.count;
  return {node, plan_.output + block * plan_.block_bytes + element * width};
}

RunStatus CollectiveRun::simulate(Device& device, std::uint64_t max_cycles,
                                  const std::function<void(std::uint64_t)>& progress) const {
  upload(device);
  return tatami::execute(device, plan_.programs, max_cycles, progress);
}

Outcome CollectiveRun::execute(Device& device, std::uint64_t max_cycles,
                               const std::function<void(std::uint64_t)>& progress) const {
  Outcome outcome;
  const auto start = std::chrono::steady_clock::now();
  outcome.status = simulate(device, max_cycles, progress);
  note_instructions(device, outcome.status);
  outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (outcome.status.end != RunStatus::End::Idle) return outcome;
  outcome.output = download(device);
  outcome.mismatch = compare(*outcome.output, expected());
  if (outcome.mismatch) {
    const Place place = place_of(outcome.mismatch->index);
    outcome.node = place.node;
    outcome.address = place.address;
  }
  return outcome;
}

}  // namespace tatami
