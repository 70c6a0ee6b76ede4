// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/runtime/tensor.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <numeric>
#include <stdexcept>

namespace tatami {
namespace {

/// Calls `row(address offset in the shard, index of the first element in the tensor)` for each innermost row of a
/// shard.
void for_each_row(const Shape& shape, const Shard& shard, const std::function<void(std::uint64_t, std::size_t)>& row) {
  const std::size_t rank = shape.size();
  std::vector<std::size_t> index(rank);
  for (std::size_t d = 0; d < rank; ++d) {
    if (shard.box[d].empty()) return;
    index[d] = shard.box[d].begin;
  }
  for (;;) {
    std::size_t linear = 0;
    for (std::size_t d = 0; d < rank; ++d) linear = linear * shape[d] + index[d];
    row(shard.address(index) - shard.base, linear);
    std::size_t d = rank - 1;
    for (;; --d) {
      if (d == 0) return;
      if (++index[d - 1] < shard.box[d - 1].end) break;
      index[d - 1] = shard.box[d - 1].begin;
    }
  }
}

}  // namespace

std::size_t volume(const Shape& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

std::string to_string(const Shape& shape) {
  std::string text;
  for (const std::size_t extent : shape) text += (text.empty() ? "" : "x") + std::to_string(extent);
  return text;
}

double HostTensor::value(std::size_t i) const {
  return std::bit_cast<float>(type == DataType::Bf16 ? bits[i] << 16 : bits[i]);
}

std::vector<std::uint16_t> HostTensor::codes() const {
  if (type == DataType::Fp32) throw std::invalid_argument("codes of 32 bits");
  return {bits.begin(), bits.end()};
}

Range intersect(const Range& a, const Range& b) {
  const Range both{std::max(a.begin, b.begin), std::min(a.end, b.end)};
  return both.empty() ? Range{} : both;
}

Range split(std::size_t count, std::size_t unit, std::size_t parts, std::size_t index) {
  const std::size_t units = (count + unit - 1) / unit;
  const auto edge = [&](std::size_t i) {
    const std::size_t whole = units / parts, longer = units % parts;
    return std::min(count, (i * whole + std::min(i, longer)) * unit);
  };
  return {edge(index), edge(index + 1)};
}

std::uint64_t Shard::address(const std::vector<std::size_t>& index) const {
  std::uint64_t result = base;
  for (std::size_t d = 0; d < box.size(); ++d) result += (index[d] - box[d].begin) * pitches[d];
  return result;
}

std::uint64_t Shard::footprint() const {
  const std::size_t rank = box.size();
  std::uint64_t bytes = rank > 1 ? pitches[rank - 2] : box[0].size() * pitches[0];
  for (std::size_t d = 0; d + 1 < rank; ++d) bytes += (box[d].size() - 1) * pitches[d];
  return bytes;
}

void upload(Device& device, const Tensor& tensor, const HostTensor& host) {
  if (host.shape != tensor.shape || host.type != tensor.type || host.bits.size() != volume(host.shape)) {
    throw std::invalid_argument("upload: '" + tensor.name + "' has another shape or type");
  }
  const std::size_t size = element_bytes(tensor.type);
  for (const Shard& shard : tensor.shards) {
    std::vector<std::uint8_t> image(shard.before + shard.footprint() + shard.after, 0);
    for_each_row(tensor.shape, shard, [&](std::uint64_t offset, std::size_t first) {
      for (std::size_t i = 0; i < shard.box.back().size(); ++i) {
        for (std::size_t b = 0; b < size; ++b) {
          image[shard.before + offset + i * size + b] = static_cast<std::uint8_t>(host.bits[first + i] >> (8 * b));
        }
      }
    });
    device.write(shard.node, shard.base - shard.before, image);
  }
}

HostTensor download(Device& device, const Tensor& tensor) {
  HostTensor host{tensor.shape, tensor.type, std::vector<std::uint32_t>(volume(tensor.shape))};
  const std::size_t size = element_bytes(tensor.type);
  for (const Shard& shard : tensor.shards) {
    std::vector<std::uint8_t> image(shard.footprint());
    device.read(shard.node, shard.base, image);
    for_each_row(tensor.shape, shard, [&](std::uint64_t offset, std::size_t first) {
      for (std::size_t i = 0; i < shard.box.back().size(); ++i) {
        std::uint32_t bits = 0;
        for (std::size_t b = 0; b < size; ++b) bits |= std::uint32_t{image[offset + i * size + b]} << (8 * b);
        host.bits[first + i] = bits;
      }
    });
  }
  return host;
}

const Shard& holder(const Tensor& tensor, const std::vector<std::size_t>& index) {
  for (const Shard& shard : tensor.shards) {
    bool inside = true;
    for (std::size_t d = 0; d < index.size(); ++d) inside = inside && shard.box[d].contains(index[d]);
    if (inside) return shard;
  }
  throw std::out_of_range("no node holds this element of '" + tensor.name + "'");
}

std::vector<std::size_t> unravel(const Shape& shape, std::size_t i) {
  std::vector<std::size_t> index(shape.size());
  for (std::size_t d = shape.size(); d-- > 0;) {
    index[d] = i % shape[d];
    i /= shape[d];
  }
  return index;
}

}  // namespace tatami
