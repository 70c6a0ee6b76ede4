#!/usr/bin/env python3
# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Reads a trace by Perfetto's own schema and prints it as JSON: the tracks, and the events in the order of the file.

Exit 1 with a sentence for anything that the schema does not have. Usage: read_trace.py FILE
"""

import json
import sys

from google.protobuf.unknown_fields import UnknownFieldSet
from perfetto.protos.perfetto.trace import perfetto_trace_pb2


def check_known(message, where):
    """Everything in a message, and below it, is a field of the schema."""
    if len(UnknownFieldSet(message)) != 0:
        sys.exit(f"{where}: a field that the schema does not have")
    for field, value in message.ListFields():
        if field.type == field.TYPE_MESSAGE:
            for part in value if field.is_repeated else [value]:
                check_known(part, f"{where}.{field.name}")


def track(descriptor):
    return {
        "uuid": descriptor.uuid,
        "name": descriptor.process.process_name if descriptor.HasField("process") else descriptor.name,
        "parent": descriptor.parent_uuid if descriptor.HasField("parent_uuid") else None,
        "process": descriptor.process.pid if descriptor.HasField("process") else None,
        "counter": descriptor.counter.unit_name if descriptor.HasField("counter") else None,
    }


def event(packet):
    e = packet.track_event
    return {
        "time": packet.timestamp,
        "type": perfetto_trace_pb2.TrackEvent.Type.Name(e.type),
        "track": e.track_uuid,
        "name": e.name,
        "value": e.double_counter_value if e.HasField("double_counter_value") else None,
        "flows": list(e.flow_ids),
        "ending": list(e.terminating_flow_ids),
        "arguments": {a.name: a.string_value if a.HasField("string_value") else a.uint_value for a in e.debug_annotations},
    }


def main(path):
    trace = perfetto_trace_pb2.Trace()
    with open(path, "rb") as file:
        trace.ParseFromString(file.read())
    check_known(trace, "trace")
    for packet in trace.packet:
        if packet.trusted_packet_sequence_id == 0:
            sys.exit("a packet of no sequence")
    json.dump(
        {
            "tracks": [track(p.track_descriptor) for p in trace.packet if p.HasField("track_descriptor")],
            "events": [event(p) for p in trace.packet if p.HasField("track_event")],
            "packets": len(trace.packet),
        },
        sys.stdout,
    )


main(sys.argv[1])
