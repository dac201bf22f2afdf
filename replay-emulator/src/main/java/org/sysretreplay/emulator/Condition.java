package org.sysretreplay.emulator;

/**
 * What one check demands of the saved registers. All comparisons are of the whole 64-bit slot
 * unless the case says otherwise.
 */
public sealed interface Condition {

  /** Whether the frame meets the demand. */
  boolean holds(PtRegs regs);

  /** The demand as a formula over register names. */
  String formula();

  /** Two registers hold the same value. */
  record Equal(Register left, Register right) implements Condition {
    @Override
    public boolean holds(PtRegs regs) {
      return left.of(regs) == right.of(regs);
    }

    @Override
    public String formula() {
      return left.key() + " == " + right.key();
    }
  }

  /** A register holds a constant. */
  record Is(Register register, long value) implements Condition {
    @Override
    public boolean holds(PtRegs regs) {
      return register.of(regs) == value;
    }

    @Override
    public String formula() {
      return register.key() + " == " + Hex.of(value);
    }
  }

  /** All bits from {@code lowestBit} up to 63 are zero. */
  record HighBitsClear(Register register, int lowestBit) implements Condition {
    @Override
    public boolean holds(PtRegs regs) {
      return register.of(regs) >>> lowestBit == 0;
    }

    @Override
    public String formula() {
      return register.key() + " >> " + lowestBit + " == 0";
    }
  }

  /** None of the bits of {@code mask} is set. */
  record Clear(Register register, long mask) implements Condition {
    @Override
    public boolean holds(PtRegs regs) {
      return (register.of(regs) & mask) == 0;
    }

    @Override
    public String formula() {
      return register.key() + " & " + Hex.of(mask) + " == 0";
    }
  }
}
