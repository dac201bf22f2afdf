#!/usr/bin/env python3
"""Judges a trace, printed as text by perf script, by the register tests of the first opportunistic SYSRET.

usage: expected.py WORKLOAD/perf.script[.gz] > WORKLOAD/expected.json

A second, independent implementation of the model "seed": it shares no code with the replay program and
reads another form of the same recording, so the two can be held against each other.
"""
import gzip
import json
import os
import re
import sys

# COMM PID/TID [CPU] TIME: EVENT: TEXT, and at the end of TEXT the registers, if perf has them.
SAMPLE = re.compile(r"(?P<comm>.*?) +(?P<pid>-?\d+)/(?P<tid>-?\d+) +\[\d+\] +\d+\.\d+: +(?P<event>\w+:\w+): ?(?P<text>.*)")
REGISTERS = re.compile(r" ABI:(?P<abi>[12])(?P<values>( +[A-Z0-9]+:0x[0-9a-f]+)+) *$")

USER32_CS, USER_CS, USER_DS = 0x23, 0x33, 0x2B
RF = 1 << 16

# The tests in the order of the kernel: the reason for IRET, and when it holds.
TESTS = [
    ("RCX_NOT_RIP", lambda r: r["CX"] != r["IP"]),
    ("RIP_NOT_USER_ADDRESS", lambda r: r["CX"] >> 47 != 0),
    ("CS_NOT_USER_CS", lambda r: r["CS"] != USER_CS),
    ("R11_NOT_RFLAGS", lambda r: r["R11"] != r["FLAGS"]),
    ("RF_SET", lambda r: r["R11"] & RF != 0),
    ("SS_NOT_USER_DS", lambda r: r["SS"] != USER_DS),
]


def entry_of(event):
    """How the kernel was entered when this event fires on its way out; None for an event that is no exit."""
    if event == "raw_syscalls:sys_exit":
        return "syscall"
    if event.startswith("exceptions:"):
        return "exception"
    if event.startswith("irq_vectors:") and event.endswith("_exit"):
        return "interrupt"
    return None


def judge(lines, workload):
    seen = rejected = ignored = 0
    rows = {}
    for line in lines:
        line = line.rstrip("\n")
        if not line or line.startswith("#"):
            continue
        sample = SAMPLE.fullmatch(line)
        if sample is None:
            raise SystemExit("not a sample: " + line)
        seen += 1
        event = sample["event"]
        entry = entry_of(event)
        found = REGISTERS.search(sample["text"])
        if entry is None:
            ignored += 1
            continue
        if found is None:
            rejected += 1
            continue
        frame = {name: int(value, 16) for name, value in (pair.split(":") for pair in found["values"].split())}
        if found["abi"] == "1" and frame["CS"] == USER32_CS:
            entry = "compat"
        row = rows.setdefault((entry, event), {"exits": 0, "sysret": 0, "first_miss": {}, "any_miss": {}})
        row["exits"] += 1
        missed = [reason for reason, fails in TESTS if fails(frame)]
        if not missed:
            row["sysret"] += 1
            continue
        count(row["first_miss"], missed[0])
        for reason in missed:
            count(row["any_miss"], reason)
    return {
        "schema": "sysret-replay/report/1",
        "input": {"seen": seen, "accepted": seen - rejected - ignored, "rejected": rejected, "ignored": ignored, "lost": 0},
        "rows": [finish(workload, entry, event, rows[entry, event]) for entry, event in sorted(rows)],
    }


def count(counts, reason):
    counts[reason] = counts.get(reason, 0) + 1


def finish(workload, entry, event, row):
    exits, sysret = row["exits"], row["sysret"]
    in_order = lambda counts: {reason: counts[reason] for reason, _ in TESTS if reason in counts}
    return {
        "workload": workload,
        "model": "seed",
        "entry": entry,
        "event": event,
        "exits": exits,
        "checked": exits,                       # the traced kernel tests every exit, see README.md
        "sysret": sysret,
        "iret_miss": exits - sysret,
        "iret_route": 0,
        "fast_sysret": 0,
        "eretu": 0,
        "hit_rate": sysret / exits if exits else None,
        "first_miss": in_order(row["first_miss"]),
        "any_miss": in_order(row["any_miss"]),
    }


def main(path):
    workload = os.path.basename(os.path.dirname(os.path.abspath(path)))
    opened = gzip.open if path.endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8", errors="replace", newline="\n") as lines:
        json.dump(judge(lines, workload), sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(sys.argv[1])
