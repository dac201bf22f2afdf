package org.sysretreplay.analytics.bpf;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.ExitFacts;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Hex;
import org.sysretreplay.emulator.Register;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Selector;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.emulator.Syscall;

/**
 * Exits that are alike in everything that is asked of them.
 *
 * @param comm the thread's name
 * @param syscall the number of the system call; nothing where a page fault returned
 * @param facts {@link ExitFacts}, and the marks of {@link CountScript} above them
 * @param count how many there were
 */
record AlikeExits(String comm, long syscall, int facts, long count) {

  /** A line may stand for no more. */
  private static final long MOST_OF_A_LINE = ExitFrame.MOST_EXITS;

  /** An order that does not depend on the kernel's. */
  static final Comparator<AlikeExits> ORDER =
      Comparator.comparingLong(AlikeExits::count)
          .reversed()
          .thenComparing(AlikeExits::comm)
          .thenComparingLong(AlikeExits::syscall)
          .thenComparingInt(AlikeExits::facts);

  /**
   * As lines of JSON, one for nearly all; their addresses and other numbers stand for all that have
   * the same facts.
   */
  Stream<ObjectNode> lines() {
    return LongStream.iterate(count, left -> left > 0, left -> left - MOST_OF_A_LINE)
        .mapToObj(left -> line(Math.min(left, MOST_OF_A_LINE)));
  }

  private ObjectNode line(long exits) {
    Registers registers = ExitFacts.registers(facts & (1 << ExitFacts.BITS) - 1);
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("comm", comm);
    line.put("event", isFault() ? "exceptions:page_fault_user" : "raw_syscalls:sys_exit");
    line.put("entry", entry(registers).key());
    if (!isFault()) {
      line.put("nr", syscall);
    }
    if ((facts & CountScript.NEW_PROGRAM) != 0) {
      line.put("ret", 0);
    }
    for (Register register : Register.values()) {
      line.put(register.key(), Hex.of(register.of(registers)));
    }
    return line.put("stage", Stage.EARLY.key()).put("count", exits);
  }

  private boolean isFault() {
    return (facts & CountScript.PAGE_FAULT) != 0;
  }

  private EntryKind entry(Registers registers) {
    if (isFault()) {
      // That of 32-bit code too, which leaves as any other does.
      return EntryKind.EXCEPTION;
    }
    boolean of32Bits =
        Selector.in(registers.cs()) == Selector.USER32_CS
            || Syscall.isInt80(registers, OptionalLong.of(syscall));
    return of32Bits ? EntryKind.COMPAT : EntryKind.SYSCALL;
  }
}
