// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0

// A node keeps 64 B in and 64 B out busy at the same time. (Four places per link and class, as in `small`, carry a
// packet per cycle only while none has to wait; then four in five.)

#include "sim/engine/mesh_device.hpp"
#include "verif/lib/catch.hpp"
#include "verif/lib/device_tools.hpp"

namespace tatami::test {
namespace {

using namespace tatami::reg;
using engine::MeshDevice;

constexpr unsigned kRows = 2, kCols = 2;
constexpr unsigned kLists = 0x800, kBuffer = 0x2000, kBufferBytes = 0x7000, kInbox = kBuffer + kBufferBytes;
constexpr int kTransfers = 8;

/// Packets that leave a node eastwards or westwards, and when.
struct LinkUse {
  std::uint64_t packets = 0, first = 0, last = 0;
  double share() const { return static_cast<double>(packets) / static_cast<double>(last - first + 1); }
};

/// Each node sends its buffer to its neighbour in the row, or fetches the neighbour's, several times.
void start_exchange(MeshDevice& device, noc::Kind kind) {
  for (unsigned n = 0; n < kRows * kCols; ++n) {
    const NodeId self = device.mesh().id(n), other{self.y, 1 - self.x};
    noc::Descriptor d{
        .dst = remote(other, kInbox), .src = kBuffer, .row_bytes = kBufferBytes, .rows = 1, .post = true, .sem = 1};
    if (kind == noc::Kind::Get)
      d = {.dst = kInbox,
           .src = remote(other, kBuffer),
           .row_bytes = kBufferBytes,
           .rows = 1,
           .kind = kind,
           .post = true,
           .sem = 1};
    for (int i = 0; i < kTransfers; ++i) load(device, self, kLists + 64 * static_cast<unsigned>(i), d);
    device.write(self, kBuffer, random_bytes(n, kBufferBytes));
    Assembler as;
    as.li(a1, kLists);
    as.li(a2, kTransfers);
    as.xfer(a1, a2);
    as.li(a1, 1);
    as.sem_wait(a1, a2);
    as.thread_exit(zero);
    load(device, self, 0, as);
    device.start(self, 0, 0);
  }
}

TEST_CASE("64 B in and 64 B out per cycle at the same time", "[transfers_full]") {
  const auto library = open_model("full");
  const noc::Kind kind = GENERATE(noc::Kind::Put, noc::Kind::Get);
  MeshDevice device(library, {.rows = kRows, .cols = kCols, .seed = seed()});
  start_exchange(device, kind);
  std::array<LinkUse, kRows * kCols> out{};
  constexpr std::uint64_t kPackets = std::uint64_t{kTransfers} * kBufferBytes / noc::kPayloadBytes;
  while (!device.mesh().quiet() && device.time() < 2 * kPackets + 1000) {
    device.mesh().step();
    for (unsigned n = 0; n < out.size(); ++n) {
      const engine::NodePins& pins = device.mesh().node(n).pins();
      for (const unsigned d : {kEast, kWest}) {
        // Data only: the host's starts and the requests of gets pass by, too.
        const bool data =
            (*pins.valid_out >> d & 1) != 0 && (engine::class_of(pins.packet_out[d]) == 1) == (kind == noc::Kind::Get);
        if (!data) continue;
        if (out[n].packets++ == 0) out[n].first = device.time();
        out[n].last = device.time();
      }
    }
  }
  REQUIRE(device.mesh().quiet());
  for (unsigned n = 0; n < out.size(); ++n) {
    INFO("node " << n << ": " << out[n].packets << " packets in cycles " << out[n].first << " to " << out[n].last);
    CHECK(out[n].packets >= kPackets);
    CHECK(out[n].share() >= 0.95);  // what leaves the neighbour comes in here
    std::vector<std::uint8_t> inbox(kBufferBytes);
    device.read(device.mesh().id(n), kInbox, inbox);
    CHECK(inbox == random_bytes(n ^ 1, kBufferBytes));
  }
  std::printf("%s both ways: links of a node carry data in %.1f %% of cycles\n",
              kind == noc::Kind::Put ? "puts" : "gets", 100 * std::ranges::min(out, {}, &LinkUse::share).share());
}

}  // namespace
}  // namespace tatami::test
