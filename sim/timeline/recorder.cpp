// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
#include "sim/timeline/recorder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace tatami::timeline {

/// What one node tells, handed on to those who follow it: in a cycle causes go before what they lead to.
class Recorder::Listener : public engine::TimelineLog {
 public:
  /// `shown`: the node is one of those that the timelines show; of the others only packets count.
  Listener(Recorder& recorder, NodeId node, bool shown) : recorder_(recorder), node_(node) {
    const Options& options = recorder.options_;
    if (shown && options.kanata) pipeline_.emplace(node, options.window, recorder.kanata_);
    if (!options.perfetto) return;
    if (shown) {
      const engine::Mesh& mesh = recorder.mesh_;
      const Perfetto::Track process =
          recorder.perfetto_.process(mesh.index(node) + 1, fmt::format("node y {}, x {}", node.y, node.x));
      activity_.emplace(recorder.perfetto_, process, mesh.info().threads);
      recorder.transfers_.show(node, process);
    }
  }

  NodeId node() const { return node_; }

  void miss(unsigned thread) override {
    if (pipeline_) pipeline_->miss(thread);
  }
  void window(const engine::FetchedWindow& window) override {
    if (pipeline_) pipeline_->window(window);
  }
  void flush(unsigned thread) override {
    if (pipeline_) pipeline_->flush(thread);
  }
  void issue(const engine::IssuedInstruction& instruction) override {
    if (pipeline_) pipeline_->issue(instruction);
  }
  void leave(const engine::LeavingInstruction& instruction) override {
    if (pipeline_) pipeline_->leave(instruction);
    if (activity_) leaving_.push_back(instruction);
  }
  void retire(const engine::RetiredInstruction& instruction) override {
    if (pipeline_) pipeline_->retire(instruction);
  }
  void thread(const engine::ThreadActivity& activity) override {
    if (activity_) threads_.push_back(activity);
  }
  void walk(const engine::WalkedPacket& packet) override { walked_.push_back(packet); }
  void send(unsigned context, const noc::Header& header) override { sent_.emplace_back(context, header); }
  void arrive(const noc::Header& header) override { arrived_.push_back(header); }
  void post(unsigned semaphore, unsigned count, bool from_mesh) override {
    posts_.push_back({semaphore, count, from_mesh});
  }

  void end_of_cycle(std::uint64_t time) override {
    if (pipeline_) pipeline_->end_of_cycle(time);
    if (recorder_.options_.perfetto) trace(time);
    recorder_.check_size(time);
  }

  /// The run has ended. Records that came in its last cycle are still to be told.
  void finish(std::uint64_t time, const engine::NodeModel& model) {
    if (pipeline_) {
      for (unsigned c = 0; c < model.retirement_channels() && !recorder_.full_; ++c) {
        const engine::Retirement r = model.retirement(c);
        if (r.valid) pipeline_->retire({.thread = r.thread, .order = r.order, .insn = r.insn, .trap = r.trap});
      }
      pipeline_->end_of_cycle(time);
      pipeline_->finish(time);
    }
    if (activity_) activity_->finish(time);
  }

 private:
  struct Post {
    unsigned semaphore, count;
    bool from_mesh;
  };

  void trace(std::uint64_t time) {
    Transfers& transfers = recorder_.transfers_;
    // A packet leaves some cycles after it was walked, so what leaves now was walked before.
    for (const auto& [context, header] : sent_) transfers.send(node_, context, header, time);
    for (const auto& packet : walked_) transfers.walk(node_, packet);
    // The oldest post is that of the oldest arrival, and an arrival posts in a later cycle.
    for (const Post& post : posts_) {
      const Perfetto::Event arrival = post.from_mesh ? transfers.posted(node_, post.semaphore) : Perfetto::kNone;
      if (activity_) {
        recorder_.perfetto_.arrow(arrival, activity_->post(post.semaphore, post.count, post.from_mesh, time));
      }
    }
    for (const noc::Header& header : arrived_) transfers.arrive(node_, header, time);
    if (activity_) {
      for (const auto& activity : threads_) activity_->thread(activity, time);
      for (const auto& leaving : leaving_) activity_->leave(leaving, time);
    }
    walked_.clear();
    sent_.clear();
    arrived_.clear();
    posts_.clear();
    threads_.clear();
    leaving_.clear();
  }

  Recorder& recorder_;
  NodeId node_;
  std::optional<Pipeline> pipeline_;
  std::optional<Activity> activity_;
  std::vector<engine::WalkedPacket> walked_;
  std::vector<std::pair<unsigned, noc::Header>> sent_;
  std::vector<noc::Header> arrived_;
  std::vector<Post> posts_;
  std::vector<engine::ThreadActivity> threads_;
  std::vector<engine::LeavingInstruction> leaving_;
};

Recorder::Recorder(engine::Mesh& mesh, const Options& options)
    : mesh_(mesh), options_(options), perfetto_(options.window), transfers_(perfetto_) {
  if (!engine::has_log(mesh.info().flavour)) throw std::logic_error("a timeline needs a model of flavour check");
  for (const NodeId node : options.nodes) {
    if (node.y >= mesh.rows() || node.x >= mesh.cols() || !mesh.grid().live(mesh.index(node))) {
      throw std::out_of_range(fmt::format("node {} is not in the machine, or dead", place_text(node)));
    }
  }
  for (const unsigned n : mesh.live()) {
    const NodeId id = mesh.id(n);
    const bool shown =
        options.nodes.empty() || std::find(options.nodes.begin(), options.nodes.end(), id) != options.nodes.end();
    if (!shown && !options.perfetto) continue;
    listeners_.push_back(std::make_unique<Listener>(*this, id, shown));
    mesh.node(n).set_timeline(listeners_.back().get());
  }
}

Recorder::~Recorder() { detach(); }

void Recorder::detach() {
  for (const unsigned n : mesh_.live()) mesh_.node(n).set_timeline(nullptr);
}

void Recorder::check_size(std::uint64_t time) {
  if (full_ || kanata_.size() + perfetto_.size() < options_.most_events) return;
  full_ = time;
  detach();
}

Recorder::Files Recorder::finish() {
  detach();
  const std::uint64_t end = full_.value_or(mesh_.time());
  for (const auto& listener : listeners_) listener->finish(end, mesh_.node(mesh_.index(listener->node())));
  Files files;
  if (options_.kanata) files.kanata = kanata_.text();
  if (options_.perfetto) files.perfetto = perfetto_.bytes(end);
  listeners_.clear();
  return files;
}

}  // namespace tatami::timeline
