# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""What critical paths must keep to, whatever their baselines are: "limits" of tops.json, for the cells of one technology.

"at_most_ns" has the longest path of a top, "balance" how many times that of one top all others may take.
"""

from .common import UsageError


def complaints(catalog, rows, baselines):
    """A sentence for each row whose path is too long. The top of the balance counts as it is among the rows, else as in its baseline."""
    limits = catalog.limits
    paths = {row["top"]: row["path_ns"] for row in rows if row["technology"] == limits.get("technology")}
    found = [(top, limit, f"at most {limit:g} ns") for top, limit in limits.get("at_most_ns", {}).items() if top in paths]
    if paths and "balance" in limits:
        of, times = limits["balance"]["of"], limits["balance"]["times"]
        known = paths.get(of) or baselines.load(of).get(limits["technology"], {}).get("figures", {}).get("path_ns")
        if not known:
            raise UsageError(f"no path may take more than {times:g} times that of {of}, which has no baseline; run: make baselines TOP={of}")
        found += [(top, times * known, f"{times:g} times the {known:.2f} ns of {of}, {times * known:.2f} ns") for top in paths if top != of]
    return [f"the path of {top} takes {paths[top]:.2f} ns, {paths[top] - limit:.3f} ns more than its limit: {text}" for top, limit, text in found if paths[top] > limit]
