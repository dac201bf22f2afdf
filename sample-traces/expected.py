#!/usr/bin/env python3
"""Judges a trace, printed as text by perf script, by the register tests of the first opportunistic SYSRET.

usage: expected.py WORKLOAD/perf.script[.gz] > WORKLOAD/expected.json
       expected.py --assembled WORKLOAD/perf.script[.gz] > WORKLOAD/assembled.json

The first judges every event by itself. The second follows each thread, and judges the frames that were really
returned to.

A second, independent implementation of the model "seed" and of the rules of the assembler: it shares no code with
the replay program and reads another form of the same recording, so the two can be held against each other.
"""
import gzip
import json
import os
import re
import sys

# COMM PID/TID [CPU] TIME: EVENT: TEXT, and at the end of TEXT the registers, if perf has them.
SAMPLE = re.compile(r"(?P<comm>.*?) +(?P<pid>-?\d+)/(?P<tid>-?\d+) +\[\d+\] +\d+\.\d+: +(?P<event>\w+:\w+): ?(?P<text>.*)")
REGISTERS = re.compile(r" ABI:(?P<abi>[12])(?P<values>( +[A-Z0-9]+:0x[0-9a-f]+)+) *$")
HEADER_EVENT = re.compile(r"# event : name = (?P<event>\w+:\w+),")
CALL_EXIT = re.compile(r"NR (?!-1 )-?\d+ = ")    # of a call other than rt_sigreturn

USER32_CS, USER_CS, USER_DS = 0x23, 0x33, 0x2B
TF, DF, IOPL, RF = 1 << 8, 1 << 10, 3 << 12, 1 << 16

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


def registers_of(text):
    """The registers at the end of a line and whether CS shows 32-bit code, or its system call; None where there are none."""
    found = REGISTERS.search(text)
    if found is None:
        return None, False
    registers = {name: int(value, 16) for name, value in (pair.split(":") for pair in found["values"].split())}
    by_int80 = registers["CS"] & 4 != 0 and CALL_EXIT.match(text) is not None     # no other call leaves a selector of the LDT
    return registers, by_int80 or found["abi"] == "1" and registers["CS"] == USER32_CS


def never_returns(sample, registers):
    """Whether an interrupt hit a thread that has ended, or a worker of the kernel, which has its maker's registers but for these."""
    is_worker = registers is not None and registers["IP"] == 0 == registers.get("SP")
    return entry_of(sample["event"]) == "interrupt" and (int(sample["tid"]) == -1 or is_worker)


def samples(lines):
    """Every line but the comments, as the fields of SAMPLE."""
    for line in lines:
        line = line.rstrip("\n")
        if not line or line.startswith("#"):
            continue
        sample = SAMPLE.fullmatch(line)
        if sample is None:
            raise SystemExit("not a sample: " + line)
        yield sample


def judge(lines, workload):
    seen = rejected = ignored = 0
    rows = {}
    for sample in samples(lines):
        seen += 1
        event = sample["event"]
        entry = entry_of(event)
        frame, compat = registers_of(sample["text"])
        if entry is None or never_returns(sample, frame):
            ignored += 1
            continue
        if frame is None:
            rejected += 1
            continue
        row = rows.setdefault(("compat" if compat else entry, event), new_row())
        judge_one(frame, row)
    return {
        "schema": "sysret-replay/report/1",
        "input": {"seen": seen, "accepted": seen - rejected - ignored, "rejected": rejected, "ignored": ignored, "lost": 0},
        "rows": [finish(workload, entry, event, rows[entry, event]) for entry, event in sorted(rows)],
    }


def new_row():
    return {"exits": 0, "sysret": 0, "first_miss": {}, "any_miss": {}}


def judge_one(frame, row):
    """Counts one frame in its row; whether it missed."""
    row["exits"] += 1
    missed = [reason for reason, fails in TESTS if fails(frame)]
    if not missed:
        row["sysret"] += 1
        return False
    count(row["first_miss"], missed[0])
    for reason in missed:
        count(row["any_miss"], reason)
    return True


def count(counts, reason):
    counts[reason] = counts.get(reason, 0) + 1


def in_order(counts):
    return {reason: counts[reason] for reason, _ in TESTS if reason in counts}


def finish(workload, entry, event, row):
    exits, sysret = row["exits"], row["sysret"]
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
        "doubtful": 0,                          # a miss is one whatever the trace does not tell
        "hit_rate": sysret / exits if exits else None,
        "sysret_share": sysret / exits if exits else None,
        "first_miss": in_order(row["first_miss"]),
        "any_miss": in_order(row["any_miss"]),
        "sampled_every": None,                  # every exit is there, and a share needs no interval
        "sysret_share_low": None,
        "sysret_share_high": None,
    }


# ---- From events to frames, by the rules of ingest/FORMATS.md, "From events to frames" ----

NO_PLACE = {"IP": None, "SP": None}
RESTARTS = (-512, -513, -514, -516)
NEW_TASK_64, NEW_TASK_32 = (56, 57, 58, 435), (2, 120, 190, 435)
EXECVE_64, EXECVE_32 = (59, 322), (11, 358)
SIGRETURN_64 = (15, 1 << 30 | 513)
UPROBES = (335, 336)
BY_32_BIT_CODE = 0x2000000                      # SA_IA32_ABI
SIGKILL = 9
# iopl wants the full frame, as what makes a task does.
FULL_FRAME_64 = NEW_TASK_64 + (172,)
# What becomes of a way back once work at exit shows.
WITH_WORK = {"syscall_no_work": "syscall_exit_work", "syscall_full_frame": "syscall_exit_work", "execve_failed": "syscall_exit_work",
             "fork_child": "fork_child_exit_work", "compat": "compat_exit_work"}
PTRACE = 101
PTRACE_GO = {7: (0, 0), 17: (0, 0), 24: (1, 0), 31: (1, 0), 9: (1, 1), 32: (1, 1), 33: (1, 1)}    # request: traced, stepped
POKEUSER, SETREGS, SETREGSET = 6, 13, 0x4205
POKED = {48: "R11", 88: "CX", 128: "IP", 136: "CS", 144: "FLAGS", 160: "SS"}
POKED_FLAGS = 0x54DD5
HANDLER_CLEARS = TF | DF | RF
VSYSCALL = 0xFFFFFFFFFF600


class Moment:
    """Something that happened to a thread: its own event, or a debugger's call about it."""

    def __init__(self, order, kind, regs=None, compat=False, event=None, **fields):
        self.order, self.kind, self.regs, self.compat, self.event = order, kind, regs, compat, event
        self.__dict__.update(fields)

    def is_frame(self):
        return self.kind in ("exit", "fault", "irq")


def moment_of(order, sample):
    """What a sample tells of its thread; None where it tells nothing."""
    event, text = sample["event"], sample["text"]
    regs, compat = registers_of(text)
    basics = dict(order=order, regs=regs, compat=compat, event=event)
    if event == "raw_syscalls:sys_enter":
        found = re.match(r"NR (-?\d+) \(([0-9a-f, ]+)\)", text)
        return found and Moment(kind="enter", nr=int(found[1]), args=[int(it, 16) for it in found[2].split(", ")], **basics)
    if event == "signal:signal_deliver":
        flags = re.search(r"sa_flags=([0-9a-f]+)", text)
        handler = int(re.search(r"sa_handler=([0-9a-f]+)", text)[1], 16)
        ends = int(re.search(r"sig=(\d+)", text)[1]) == SIGKILL
        return Moment(kind="signal", handler=handler, ends=ends,
                      by_32=flags is not None and int(flags[1], 16) & BY_32_BIT_CODE != 0, **basics)
    if event == "rseq:rseq_ip_fixup":
        found = {name: int(value, 16) for name, value in re.findall(r"(\w+)=0x([0-9a-f]+)", text)}
        return Moment(kind="rseq", ip=found["regs_ip"], abort=found["abort_ip"], **basics)
    entry = entry_of(event)
    if entry is None or regs is None or never_returns(sample, regs):
        return None
    if entry == "syscall":
        found = re.match(r"NR (-?\d+) = (-?\d+)", text)
        return Moment(kind="exit", nr=int(found[1]), ret=int(found[2]), **basics)
    return Moment(kind="fault" if entry == "exception" else "irq", **basics)


def threads_of(lines):
    """The moments of every thread, in order of time, those of its debugger among them, and the events' names."""
    threads, recorded = {}, {}
    calls = {}                                  # tid: the ptrace call that it is making
    for order, line in enumerate(lines):
        named = HEADER_EVENT.match(line)
        if named:
            recorded.setdefault(named["event"], -1)
        for sample in samples([line]):
            tid = int(sample["tid"])
            moment = moment_of(order, sample)
            if moment is None:
                continue
            recorded.setdefault(moment.event, order)
            if tid in (0, -1):                  # every thread of another PID namespace, or that has ended: nothing follows its events
                threads[tid, order] = [moment]
                continue
            threads.setdefault(tid, []).append(moment)
            if moment.kind == "enter":
                calls[tid] = moment.args if moment.nr == PTRACE else None
                if calls[tid] and calls[tid][0] in PTRACE_GO and calls[tid][1] in threads:
                    traced, stepped = PTRACE_GO[calls[tid][0]]
                    threads[calls[tid][1]].append(Moment(order, "go", traced=traced, stepped=stepped))
            elif moment.kind == "exit":
                request, target, offset, value = (calls.pop(tid, None) or [None] * 4)[:4]
                if moment.ret == 0 and moment.nr != -1 and request in (POKEUSER, SETREGS, SETREGSET) and target in threads:
                    register = POKED.get(offset) if request == POKEUSER else None
                    threads[target].append(Moment(order, "write", register=register, value=value))
    return threads, recorded


def is_of_child(moment, call):
    """Whether an exit is the first return of a new thread."""
    return call is None and moment.ret == 0 and moment.nr in (NEW_TASK_32 if moment.compat else NEW_TASK_64)


class Frame:
    """What a thread returns to: as its event had it, and as what follows makes it."""

    def __init__(self, moment, call, debugger):
        self.moment, self.debugger = moment, debugger
        self.regs = dict(moment.regs)
        self.amended = None
        self.sure = True
        self.uprobe = moment.kind == "exit" and not moment.compat and moment.nr in UPROBES
        self.handler_open = False               # whether it is open which code the handler is
        self.written = debugger.wrote
        self.in_kernel = False
        self.followed_at = None
        self.entry = "compat" if moment.compat else {"exit": "syscall", "fault": "exception", "irq": "interrupt"}[moment.kind]
        self.path = {"fault": "exception", "irq": "interrupt"}.get(moment.kind) or self.path_of_call(call)

    def path_of_call(self, call):
        nr, ret = self.moment.nr, self.moment.ret
        if is_of_child(self.moment, call):
            if self.moment.compat:
                return "fork_child_compat"
            self.entry = "fork"
            return "fork_child"
        if self.moment.compat:
            if self.regs["CS"] & 4:
                return "int80"
            from_64 = call is not None and not call.compat
            if from_64 and call.nr in EXECVE_64 and ret == 0:
                return "execve"
            return "rt_sigreturn" if from_64 and call.nr in SIGRETURN_64 and nr == -1 else "compat"
        if call is not None and call.compat and nr in EXECVE_32 and ret == 0:
            self.entry = "compat"               # 32-bit code starts a 64-bit program
            return "compat_exit_work"
        if nr == -1 and not self.is_other_call(call):
            return "rt_sigreturn"
        if nr == -1:
            self.uprobe = call.nr in UPROBES
        if nr in EXECVE_64 and ret == 0:
            return "execve"
        if self.debugger.traced:
            return "syscall_traced"
        if nr in EXECVE_64:
            return "execve_failed"
        return "syscall_full_frame" if nr in FULL_FRAME_64 else "syscall_no_work"

    def is_other_call(self, call):
        """Whether the call that number -1 is shown for is not rt_sigreturn."""
        if call is None:
            return False
        skipped = call.nr not in SIGRETURN_64 and self.is_here(call.regs)
        return call.nr == -1 or call.nr in UPROBES or skipped

    def is_here(self, regs):
        """Whether a thread with these registers goes to where this frame returns."""
        return regs is None or all(regs.get(it) is None or self.regs.get(it) in (None, regs[it]) for it in ("IP", "SP"))

    def is_same(self, regs):
        return self.is_here(regs) and all(self.regs[it] == regs[it] for it in ("IP", "CX", "R11", "FLAGS", "CS", "SS"))

    def was_same(self, regs):
        """Whether these were the frame's registers until something changed them."""
        before = self.moment.regs
        on_stack = regs.get("SP") is None or before.get("SP") in (None, regs["SP"])
        return (self.amended is not None and on_stack and not self.is_same(regs)
                and all(before[it] == regs[it] for it in ("IP", "CX", "R11", "FLAGS", "CS", "SS")))

    def wants_restart(self):
        return self.moment.kind == "exit" and self.amended in (None, "ptrace_edit") and self.moment.nr != -1 and self.moment.ret in RESTARTS

    def change(self, by, **registers):
        self.amended = by
        self.regs.update(registers)
        self.path = WITH_WORK.get(self.path, self.path)

    def restart(self):
        self.change("restart", IP=self.regs["IP"] - 2)

    def deliver(self, signal):
        if signal.regs is not None:
            self.regs, self.sure = dict(signal.regs), True
        from_32 = self.regs["CS"] & 0xFFFF == USER32_CS
        self.handler_open = from_32 and not signal.by_32 and signal.handler < 1 << 32
        if signal.by_32:
            self.regs.update(CS=USER32_CS, SS=USER_DS)
        elif not self.handler_open:
            self.regs["CS"] = USER_CS
        self.change("signal_delivery", IP=signal.handler, FLAGS=self.regs["FLAGS"] & ~HANDLER_CLEARS, SP=None)

    def run_on(self, regs):
        """The thread runs on with these registers: in the handler, if one was started."""
        if self.handler_open and regs is not None and regs.get("CS", 0) & 0xFFFF in (USER32_CS, USER_CS):
            self.regs["CS"] = regs["CS"] & 0xFFFF
            self.handler_open = False

    def stage(self, recorded):
        if self.amended:
            return "amended" if self.sure and not self.handler_open and not self.wants_restart() else "early"
        seen = lambda event: self.followed_at is not None and recorded.get(event, 1 << 62) <= self.followed_at
        certain = seen("signal:signal_deliver") and (self.moment.kind != "irq" or seen("raw_syscalls:sys_enter"))
        return "final" if certain and self.sure and not self.wants_restart() else "early"

    def cause(self):
        """Why it cannot be SYSRET, by the first rule that holds."""
        regs = self.regs
        by_call = self.entry in ("syscall", "fork")
        starts = by_call and self.path != "rt_sigreturn" or self.path == "compat_exit_work"
        local = lambda selector: selector & 4 != 0
        rules = [
            ("code_32_bit", regs["CS"] & 0xFFFF == USER32_CS),
            ("ldt_segment", local(regs["CS"]) or local(regs["SS"])),
            ("vsyscall", regs["IP"] >> 12 == VSYSCALL),
            ("signal_delivery", self.amended == "signal_delivery"),
            ("rseq_abort", self.amended == "rseq_abort"),
            ("uprobe", self.entry == "syscall" and self.uprobe),
            ("syscall_restart", self.amended == "restart" or by_call and regs["CX"] == (regs["IP"] + 2) % (1 << 64)),
            ("ptrace_edit", self.amended == "ptrace_edit" or by_call and self.written),
            ("execve", self.path == "execve" or starts and regs["CX"] == regs["R11"] == 0 != regs["IP"]),
            ("non_canonical_address", 1 << 47 <= regs["IP"] < (1 << 64) - (1 << 47)),
            ("sigreturn", self.path == "rt_sigreturn"),
            ("fault", self.entry == "exception"),
            ("interrupted_code", self.entry == "interrupt"),
            ("single_step", self.debugger.stepped or (regs["FLAGS"] | regs["R11"]) & TF != 0),
            ("iopl", regs["FLAGS"] != regs["R11"] and (regs["FLAGS"] ^ regs["R11"]) & ~IOPL == 0),
            ("unknown", True),
        ]
        return next(name for name, holds in rules if holds)


class Debugger:
    """What is known of a thread's debugger when a frame comes about."""

    def __init__(self, moments):
        going = [it for it in moments if it.kind == "go"]
        self.traced, self.stepped = (going[-1].traced, going[-1].stepped) if going else (0, 0)
        self.wrote = False


def by_syscall(regs):
    """Whether SYSCALL makes such registers."""
    return regs["CX"] == regs["IP"] and regs["R11"] == regs["FLAGS"] and (regs["CS"], regs["SS"]) == (USER_CS, USER_DS)


def lost_its_exit(call, irq, debugger, wrote):
    """Whether an interrupt during a call shows that the call is over: nothing but itself or a debugger moves its frame."""
    moves = call.nr in EXECVE_64 + SIGRETURN_64 + UPROBES
    if call.regs is None or call.regs.get("CS", 0) & 0xFFFF != USER_CS:
        moves = moves or call.nr in EXECVE_32 + (119, 173)
    elsewhere = call.regs is not None and call.regs.get("IP") not in (None, irq.regs["IP"])
    return elsewhere and not moves and not wrote and not debugger.traced and not debugger.stepped


def frames_of(moments):
    """The frames of one thread. Looks ahead from each event for what becomes of it."""
    call = None                                 # the syscall in progress
    wrote = False                               # whether a debugger wrote registers that the next exit will show
    ahead = []                                  # a signal that stands before its exit
    current = None                              # the frame that was not returned to yet
    since = 0                                   # the first moment that may be of this thread, and not of an earlier one of its number
    ended = False                               # whether a signal ended the thread
    followed = False                            # whether a call or a fault of the thread was seen
    returned_to = None                          # where the last call returned to that was left as SYSCALL makes it
    resumed = False                             # whether a debugger let the thread run since that frame's event
    for at, moment in enumerate(moments):
        if moment.kind == "enter":
            if current is not None:
                if current.wants_restart() and moment.nr == restarted(current) and current.is_here(moment.regs):
                    current.restart()
                if current.moment.kind == "irq" and moment.regs and current.regs["CX"] == current.regs["IP"] and current.is_same(moment.regs):
                    current.in_kernel = True
                current.run_on(moment.regs)
                current.followed_at = moment.order
            call, current, ended, followed = moment, None, False, True
        elif moment.is_frame():
            if moment.kind == "irq" and call is not None and lost_its_exit(call, moment, Debugger(moments[since:at]), wrote):
                call, ended = None, False
            if moment.kind == "irq" and (call is not None or current is not None and current.was_same(moment.regs)):
                frame = Frame(moment, None, Debugger(moments[since:at]))
                frame.in_kernel = True
                yield frame
                continue
            if moment.kind == "irq" and (ended or current is not None and current.moment.kind != "irq" and current.is_same(moment.regs)):
                frame = Frame(moment, None, Debugger(moments[since:at]))
                yield frame                     # nothing follows it: early
                continue
            mine = call if moment.kind == "exit" and call is not None and moment.nr in (call.nr, -1) else None
            if moment.kind == "exit" and is_of_child(moment, mine):
                since, wrote, ahead = at, False, []
            if current is not None:
                if moment.kind != "exit":
                    if current.wants_restart() and current.regs["IP"] == moment.regs["IP"] + 2:
                        current.restart()
                    current.run_on(moment.regs)
                current.followed_at = moment.order
            debugger = Debugger(moments[since:at])
            if moment.kind == "exit":
                debugger.wrote, wrote = wrote, False
            call, resumed, ended = call if moment.kind == "irq" else None, False, False
            current = Frame(moment, mine, debugger)
            if moment.kind == "irq" and followed and by_syscall(moment.regs) and moment.regs["IP"] != returned_to:
                current.sure = False            # in a call that is not in the trace
            if moment.kind == "exit" and moment.regs["CX"] == moment.regs["IP"]:
                returned_to = moment.regs["IP"]
            followed = followed or moment.kind != "irq"
            yield current
            if moment.kind == "exit":
                for signal in ahead:
                    if signal.ends:
                        current.sure = False
                        current, since, ended = None, at + 1, True
                    elif current.is_here(signal.regs):
                        current.deliver(signal)
            ahead = [] if moment.kind != "irq" else ahead
        elif moment.kind == "signal" and (moment.handler > 1 or moment.ends):
            if call is not None:
                ahead = [moment]
            elif moment.ends:
                if current is not None:
                    current.sure = False
                current, since, wrote, resumed, ended = None, at + 1, False, False, True
            elif current is not None and current.is_here(moment.regs):
                current.deliver(moment)
                resumed = resumed and not Debugger(moments[since:at]).stepped    # a stepped thread stops before its handler
            elif current is not None:
                current.followed_at, current = moment.order, None
        elif moment.kind == "rseq" and current is not None and current.regs["IP"] == moment.ip:
            current.change("rseq_abort", IP=moment.abort)
        elif moment.kind == "go":
            stepping = Debugger(moments[since:at]).stepped
            if current is not None and not resumed and (moment.stepped or stepping):
                current.sure &= bool(current.regs["FLAGS"] & TF) == bool(moment.stepped)
            resumed = True
        elif moment.kind == "write":
            stopped_here = current is not None and current.moment.kind == "exit" and Debugger(moments[since:at]).traced and not resumed
            if stopped_here:
                write(current, moment)
            else:
                wrote = True
                if current is not None:
                    current.sure = False


def restarted(frame):
    """The number of the call that a restart makes."""
    if frame.moment.ret != -516:
        return frame.moment.nr
    return 0 if frame.moment.compat else 219


def write(frame, by):
    frame.written = True
    if by.register is None:
        frame.sure = False
    elif by.register == "FLAGS":
        frame.change("ptrace_edit", FLAGS=frame.regs["FLAGS"] & ~POKED_FLAGS | by.value & POKED_FLAGS)
    else:
        frame.change("ptrace_edit", **{by.register: by.value})


def assemble(lines, workload):
    threads, recorded = threads_of(lines)
    rows, in_kernel = {}, 0
    for moments in threads.values():
        for frame in list(frames_of(moments)):
            if frame.in_kernel:
                in_kernel += 1
                continue
            row = rows.setdefault((frame.entry, frame.moment.event), dict(new_row(), stages={}, paths={}, causes={}))
            count(row["stages"], frame.stage(recorded))
            count(row["paths"], frame.path)
            if judge_one(frame.regs, row):
                count(row["causes"], frame.cause())
    return {
        "schema": "sysret-replay/assembled/1",
        "workload": workload,
        "model": "seed",
        "in_kernel": in_kernel,
        "rows": [finish_assembled(entry, event, rows[entry, event]) for entry, event in sorted(rows)],
    }


def finish_assembled(entry, event, row):
    by_name = lambda counts: dict(sorted(counts.items()))
    return {
        "entry": entry,
        "event": event,
        "exits": row["exits"],
        "sysret": row["sysret"],
        "stages": by_name(row["stages"]),
        "paths": by_name(row["paths"]),
        "first_miss": in_order(row["first_miss"]),
        "any_miss": in_order(row["any_miss"]),
        "causes": by_name(row["causes"]),       # of the misses
    }


def main(path, how):
    workload = os.path.basename(os.path.dirname(os.path.abspath(path)))
    opened = gzip.open if path.endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8", errors="replace", newline="\n") as lines:
        json.dump(how(lines, workload), sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    how = assemble if sys.argv[1:2] == ["--assembled"] else judge
    paths = sys.argv[2:] if how is assemble else sys.argv[1:]
    if len(paths) != 1:
        raise SystemExit(__doc__)
    main(paths[0], how)
