# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Runs jobs side by side, the longest first; however it ends, no process is left."""

import os
import signal
import sys
import time

from .errors import UsageError

TICK = 0.05  # seconds between two looks


class Interrupted(Exception):
    """Ctrl-C or a signal that ends the command."""


def stop(process):
    """Ends a process and all that it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def catch_signals():
    """From now on SIGINT and SIGTERM raise Interrupted in the main thread, once."""

    def interrupt(number, frame):
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_IGN)
        raise Interrupted()

    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, interrupt)


def guarded(name, work, hint=""):
    """The exit code of a command: what `work` returns, 2 for bad input, 130 when it is interrupted; `hint` says what then to do."""
    catch_signals()
    try:
        return work()
    except UsageError as error:
        print(f"{name}: {error}", file=sys.stderr)
        return 2
    except Interrupted:
        print(f"\n{name}: interrupted{hint}", file=sys.stderr)
        return 130


def run(jobs, slots, progress, ended):
    """Calls `ended(job, result)` as jobs end. `progress(waiting, running)` is told at every look what is left: jobs, and (job, seconds
    so far); its line is gone when this returns."""
    waiting, running = sorted(jobs, key=lambda job: -job.seconds), {}

    def tell():
        progress(waiting, [(job, time.monotonic() - begin) for job, (_, begin) in running.items()])

    try:
        while waiting or running:
            while waiting and len(running) < slots:
                job = waiting.pop(0)
                running[job] = job.start(), time.monotonic()
            tell()
            time.sleep(TICK)
            for job, (process, begin) in list(running.items()):
                code, seconds = process.poll(), time.monotonic() - begin
                late = code is None and seconds > job.timeout
                if code is not None or late:
                    stop(process)
                    del running[job]
                    tell()
                    ended(job, job.result(code, seconds))
    finally:
        progress.clear()
        for process, _ in running.values():
            stop(process)
