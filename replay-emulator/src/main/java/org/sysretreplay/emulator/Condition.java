package org.sysretreplay.emulator;

/**
 * What one check demands of the saved registers. All comparisons are of the whole 64-bit slot
 * unless the case says otherwise.
 *
 * <p>Each case says for itself how it is shown, so that a new one is shown everywhere or does not
 * compile.
 */
public sealed interface Condition {

  /** Whether the frame meets the demand on that machine. */
  boolean holds(PtRegs regs, Machine machine);

  /** The demand as a formula over register names, with the constants of that machine. */
  String formula(Machine machine);

  /** The formula with the frame's values, and with the relation that they really have. */
  String values(PtRegs regs, Machine machine);

  /** The demand as a formula over register names, with the constants of 4-level paging. */
  default String formula() {
    return formula(Machine.TRACED);
  }

  private static String compare(long left, long right) {
    return Hex.of(left) + relation(left, right);
  }

  private static String relation(long left, long right) {
    return (left == right ? " == " : " != ") + (right == 0 ? "0" : Hex.of(right));
  }

  /** Two registers hold the same value. */
  record Equal(Register left, Register right) implements Condition {
    @Override
    public boolean holds(PtRegs regs, Machine machine) {
      return left.of(regs) == right.of(regs);
    }

    @Override
    public String formula(Machine machine) {
      return left.key() + " == " + right.key();
    }

    @Override
    public String values(PtRegs regs, Machine machine) {
      return compare(left.of(regs), right.of(regs));
    }
  }

  /** A register holds a constant. */
  record Is(Register register, long value) implements Condition {
    @Override
    public boolean holds(PtRegs regs, Machine machine) {
      return register.of(regs) == value;
    }

    @Override
    public String formula(Machine machine) {
      return register.key() + " == " + Hex.of(value);
    }

    @Override
    public String values(PtRegs regs, Machine machine) {
      return compare(register.of(regs), value);
    }
  }

  /** The low 16 bits of a register are that selector, whatever stands above them. */
  record IsSelector(Register register, int selector) implements Condition {
    @Override
    public boolean holds(PtRegs regs, Machine machine) {
      return Selector.in(register.of(regs)) == selector;
    }

    @Override
    public String formula(Machine machine) {
      return register.key() + " & 0xffff == " + Hex.of(selector);
    }

    @Override
    public String values(PtRegs regs, Machine machine) {
      long slot = register.of(regs);
      return Hex.of(slot) + " & 0xffff" + relation(Selector.in(slot), selector);
    }
  }

  /** All bits from {@code lowestBit} up to 63 are zero. */
  record HighBitsClear(Register register, int lowestBit) implements Condition {
    @Override
    public boolean holds(PtRegs regs, Machine machine) {
      return register.of(regs) >>> lowestBit == 0;
    }

    @Override
    public String formula(Machine machine) {
      return register.key() + " >> " + lowestBit + " == 0";
    }

    @Override
    public String values(PtRegs regs, Machine machine) {
      long value = register.of(regs);
      return Hex.of(value) + " >> " + lowestBit + relation(value >>> lowestBit, 0);
    }
  }

  /**
   * The first register, sign-extended from the top bit of an address, is the second. That makes the
   * second canonical, and the two equal up to that bit.
   */
  record SignExtends(Register extended, Register expected) implements Condition {
    @Override
    public boolean holds(PtRegs regs, Machine machine) {
      return Addresses.signExtend(extended.of(regs), machine) == expected.of(regs);
    }

    @Override
    public String formula(Machine machine) {
      String bit = ", " + Addresses.topBit(machine);
      return "sign_extend(" + extended.key() + bit + ") == " + expected.key();
    }

    @Override
    public String values(PtRegs regs, Machine machine) {
      return compare(Addresses.signExtend(extended.of(regs), machine), expected.of(regs));
    }
  }

  /** The register, as an unsigned number, is below the end of the user's addresses. */
  record BelowUserLimit(Register register) implements Condition {
    @Override
    public boolean holds(PtRegs regs, Machine machine) {
      return Long.compareUnsigned(register.of(regs), Addresses.userLimit(machine)) < 0;
    }

    @Override
    public String formula(Machine machine) {
      return register.key() + " < " + Hex.of(Addresses.userLimit(machine));
    }

    @Override
    public String values(PtRegs regs, Machine machine) {
      String relation = holds(regs, machine) ? " < " : " >= ";
      return Hex.of(register.of(regs)) + relation + Hex.of(Addresses.userLimit(machine));
    }
  }

  /** None of the bits of {@code mask} is set. */
  record Clear(Register register, long mask) implements Condition {
    @Override
    public boolean holds(PtRegs regs, Machine machine) {
      return (register.of(regs) & mask) == 0;
    }

    @Override
    public String formula(Machine machine) {
      return register.key() + " & " + Hex.of(mask) + " == 0";
    }

    @Override
    public String values(PtRegs regs, Machine machine) {
      long value = register.of(regs);
      return Hex.of(value) + " & " + Hex.of(mask) + relation(value & mask, 0);
    }
  }

  /** The kernel is no paravirtualised Xen guest; asks nothing of the registers. */
  record NotXenPv() implements Condition {
    @Override
    public boolean holds(PtRegs regs, Machine machine) {
      return !machine.xenPv();
    }

    @Override
    public String formula(Machine machine) {
      return "no Xen PV guest";
    }

    @Override
    public String values(PtRegs regs, Machine machine) {
      return machine.xenPv() ? "it is one" : "it is none";
    }
  }
}
