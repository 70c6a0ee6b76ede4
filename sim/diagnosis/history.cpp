// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/diagnosis/history.hpp"

#include <algorithm>

#include "isa.hpp"

namespace tatami::diagnosis {
namespace {

constexpr std::uint64_t kWordBytes = 8;

/// The last kSteps of `steps` up to the one of that order.
std::vector<Step> up_to(const std::deque<Step>& steps, std::uint64_t order) {
  const auto end = std::find_if(steps.begin(), steps.end(), [&](const Step& s) { return s.order > order; });
  const auto count = std::min<std::ptrdiff_t>(end - steps.begin(), History::kSteps);
  return {end - count, end};
}

}  // namespace

std::vector<Step> History::last_steps(unsigned thread) const {
  return up_to(threads_.at(thread).steps, ~std::uint64_t{0});
}

bool History::watched(const engine::SramRequest& request, unsigned word) const {
  for (std::uint64_t b = 0; b < kWordBytes; ++b) {
    const std::uint64_t byte = kWordBytes * request.address[word] + b;
    if ((request.strobe[word] >> b & 1) != 0 && byte >= watch_.address && byte < watch_.address + watch_.bytes) {
      return true;
    }
  }
  return false;
}

void History::request(const engine::SramRequest& request) {
  if (request.port >= engine::kStorePort) ports_.at(request.port).push_back({request, request.en, std::nullopt});
}

void History::take(unsigned port, std::uint8_t words) {
  if (port < engine::kStorePort || ports_.at(port).empty()) return;
  Access& access = ports_[port].front();
  for (unsigned w = 0; w < engine::kLogWords; ++w) {
    if ((access.request.en & words) >> w & 1 && watched(access.request, w)) access.taken = mesh_.time();
  }
  access.pending = static_cast<std::uint8_t>(access.pending & ~words);
  if (access.pending != 0) return;
  const std::optional<std::uint64_t> taken = access.taken;
  ports_[port].pop_front();
  if (port == engine::kMeshPort) {
    if (taken) write_ = Write{Write::By::Mesh, *taken, 0, {}};
  } else if (!store_threads_.empty()) {
    const unsigned thread = store_threads_.front();
    store_threads_.pop_front();
    threads_.at(thread).taken.push_back(taken);
    match_stores(thread);
  }
}

void History::retire(const engine::RetiredInstruction& r) {
  threads_.at(r.thread).early[r.order] = {mesh_.time(), r.order, r.pc_rdata, r.insn, r.trap};
  advance(r.thread);
}

/// Vector work retires behind scalar instructions that come later: what is in order by now goes to the steps.
void History::advance(unsigned t) {
  Thread& thread = threads_[t];
  for (auto first = thread.early.find(thread.next); first != thread.early.end();
       first = thread.early.find(thread.next)) {
    const Step step = first->second;
    thread.early.erase(first);
    ++thread.next;
    thread.steps.push_back(step);
    if (thread.steps.size() > kKept) thread.steps.pop_front();
    if (!step.trap && isa::is_store(isa::decode(step.insn))) thread.retired.push_back(step.order);
  }
  match_stores(t);
}

void History::match_stores(unsigned t) {
  Thread& thread = threads_[t];
  while (!thread.taken.empty() && !thread.retired.empty()) {
    if (const auto cycle = thread.taken.front()) {
      write_ = Write{Write::By::Thread, *cycle, t, up_to(thread.steps, thread.retired.front())};
    }
    thread.taken.pop_front();
    thread.retired.pop_front();
  }
}

void History::written(std::uint64_t address, std::span<const std::uint8_t> bytes) {
  if (address < watch_.address + watch_.bytes && watch_.address < address + bytes.size()) {
    write_ = Write{Write::By::Host, mesh_.time(), 0, {}};
  }
}

}  // namespace tatami::diagnosis
