package org.sysretreplay.emulator;

/**
 * The checks of one model over one frame space, each evaluated once for every value of what it
 * reads. No check of any kernel looks at more than one of four parts of a frame: the two addresses,
 * the two flag words, CS, SS. This class verifies that: a check sees its part only, and reading
 * anything else is an error. So the tables tell for every frame of the space which checks fail.
 */
final class CheckParts {

  private enum Part {
    ADDRESSES,
    FLAGS,
    CS,
    SS
  }

  private final int[][] ofAddresses;
  private final int[][] ofFlags;
  private final int[] ofCs;
  private final int[] ofSs;

  /** The tables of the model's checks over the space, on that machine. */
  CheckParts(ExitModel model, FrameSpace space, Machine machine) {
    ofAddresses = new int[space.addresses().length][space.addresses().length];
    ofFlags = new int[space.flags().length][space.flags().length];
    ofCs = new int[space.codeSegments().length];
    ofSs = new int[space.stackSegments().length];
    for (Check check : model.checks()) {
      switch (partOf(check, machine)) {
        case ADDRESSES -> fill(ofAddresses, space.addresses(), Part.ADDRESSES, check, machine);
        case FLAGS -> fill(ofFlags, space.flags(), Part.FLAGS, check, machine);
        case CS -> fill(ofCs, space.codeSegments(), Part.CS, check, machine);
        case SS -> fill(ofSs, space.stackSegments(), Part.SS, check, machine);
      }
    }
  }

  /** The reasons of the checks that fail, one bit each, by their place in the enum. */
  int failing(int rip, int rcx, int rflags, int r11, int cs, int ss) {
    return ofAddresses[rip][rcx] | ofFlags[rflags][r11] | ofCs[cs] | ofSs[ss];
  }

  private static Part partOf(Check check, Machine machine) {
    for (Part part : Part.values()) {
      try {
        check.condition().holds(new Slots(part, 0, 0), machine);
        return part;
      } catch (OtherPart tryTheNext) {
        continue;
      }
    }
    throw new AssertionError(check.condition().formula() + " looks at more than one part");
  }

  private static void fill(int[][] table, long[] values, Part part, Check check, Machine machine) {
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values.length; j++) {
        table[i][j] |= failing(check, new Slots(part, values[i], values[j]), machine);
      }
    }
  }

  private static void fill(int[] table, long[] values, Part part, Check check, Machine machine) {
    for (int i = 0; i < values.length; i++) {
      table[i] |= failing(check, new Slots(part, values[i], 0), machine);
    }
  }

  private static int failing(Check check, Slots slots, Machine machine) {
    return check.condition().holds(slots, machine) ? 0 : 1 << check.reason().ordinal();
  }

  /** A frame of which one part can be seen; RIP and RFLAGS come first in their parts. */
  private record Slots(Part part, long first, long second) implements PtRegs {
    @Override
    public long rip() {
      return of(Part.ADDRESSES, first);
    }

    @Override
    public long rcx() {
      return of(Part.ADDRESSES, second);
    }

    @Override
    public long rflags() {
      return of(Part.FLAGS, first);
    }

    @Override
    public long r11() {
      return of(Part.FLAGS, second);
    }

    @Override
    public long cs() {
      return of(Part.CS, first);
    }

    @Override
    public long ss() {
      return of(Part.SS, first);
    }

    private long of(Part asked, long value) {
      if (asked != part) {
        throw new OtherPart();
      }
      return value;
    }
  }

  private static final class OtherPart extends RuntimeException {}
}
