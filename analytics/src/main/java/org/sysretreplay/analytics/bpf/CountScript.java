package org.sysretreplay.analytics.bpf;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.emulator.ExitFacts;
import org.sysretreplay.emulator.Syscall;

/**
 * The script that counts. Its map has the thread's name, the number of the system call, and what
 * {@link ExitFacts} make of the registers; frames that are equal in these are counted alike by
 * everything that is asked later.
 *
 * @param stack where the registers are found
 * @param followed whose exits are counted
 */
public record CountScript(KernelStack stack, Followed followed) {

  /** Printed once every event is counted; the process that bpftrace itself starts shows it. */
  public static final String COUNTING = "counting";

  /** The map of exits that are alike. */
  static final String ALIKE = "@";

  /** How many exits there were in all, those included for which the map had no room. */
  static final String TOTAL = "@total";

  /** How many processes and threads there was no room to follow. */
  static final String UNFOLLOWED = "@unfollowed";

  /** The bit above the facts: an execve that succeeded. */
  static final int NEW_PROGRAM = 1 << ExitFacts.BITS;

  /** The bit above: the exit of a page fault, and of no system call. */
  static final int PAGE_FAULT = 1 << ExitFacts.BITS + 1;

  /** The script in bpftrace's language. */
  public String text() {
    return ready()
        + followed.probes()
        + probe(
            "tracepoint:raw_syscalls:sys_exit",
            "args->id",
            "(%s ? %d : 0)".formatted(isNewProgram(), NEW_PROGRAM))
        + probe("tracepoint:exceptions:page_fault_user", "0", Integer.toString(PAGE_FAULT));
  }

  private static String ready() {
    return "tracepoint:sched:sched_process_exec /pid == cpid/ { printf(\"%s\\n\"); }\n"
        .formatted(COUNTING);
  }

  private String probe(String event, String number, String mark) {
    return """
        %s%s {
          @total = count();
          $end = (uint64)curtask->stack + %d;
        %s  $facts = (uint64)%d;
          if (%s == 0) {
            $facts = (uint64)(%s);
          }
          $facts = $facts | %s;
          @[comm, %s, $facts] = count();
        }
        """
        .formatted(
            event,
            followed.filter(),
            stack.top(),
            Stream.of(SavedRegister.values())
                .map(it -> it.assignment("$end"))
                .collect(Collectors.joining()),
            ExitFacts.PLAIN_NUMBER,
            ExitFacts.PLAIN.text(SavedRegister::variable),
            facts(),
            mark,
            number);
  }

  private static String facts() {
    return ExitFacts.PARTS.stream()
        .map(it -> "(%s << %d)".formatted(it.term().text(SavedRegister::variable), it.shift()))
        .collect(Collectors.joining("\n      | "));
  }

  private static String isNewProgram() {
    return "args->ret == 0 && (%s)"
        .formatted(
            Syscall.execves()
                .sorted()
                .mapToObj("args->id == %d"::formatted)
                .collect(Collectors.joining(" || ")));
  }
}
