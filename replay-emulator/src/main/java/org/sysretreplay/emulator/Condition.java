package org.sysretreplay.emulator;

/**
 * What one check demands of the saved registers. All comparisons are of the whole 64-bit slot
 * unless the case says otherwise.
 */
public sealed interface Condition {

  /** Whether the frame meets the demand on that machine. */
  boolean holds(PtRegs regs, Machine machine);

  /** The demand as a formula over register names. */
  String formula();

  /** Two registers hold the same value. */
  record Equal(Register left, Register right) implements Condition {
    @Override
    public boolean holds(PtRegs regs, Machine machine) {
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
    public boolean holds(PtRegs regs, Machine machine) {
      return register.of(regs) == value;
    }

    @Override
    public String formula() {
      return register.key() + " == " + Hex.of(value);
    }
  }

  /** The low 16 bits of a register are that selector, whatever stands above them. */
  record IsSelector(Register register, int selector) implements Condition {
    @Override
    public boolean holds(PtRegs regs, Machine machine) {
      return Selector.in(register.of(regs)) == selector;
    }

    @Override
    public String formula() {
      return register.key() + " & 0xffff == " + Hex.of(selector);
    }
  }

  /** All bits from {@code lowestBit} up to 63 are zero. */
  record HighBitsClear(Register register, int lowestBit) implements Condition {
    @Override
    public boolean holds(PtRegs regs, Machine machine) {
      return register.of(regs) >>> lowestBit == 0;
    }

    @Override
    public String formula() {
      return register.key() + " >> " + lowestBit + " == 0";
    }
  }

  /**
   * The first register, sign-extended from the top bit of an address, is the second. That makes the
   * second canonical; with two different registers it also makes them equal.
   */
  record SignExtends(Register extended, Register expected) implements Condition {
    @Override
    public boolean holds(PtRegs regs, Machine machine) {
      return Addresses.signExtend(extended.of(regs), machine) == expected.of(regs);
    }

    @Override
    public String formula() {
      return "sign_extend(%s, 47) == %s".formatted(extended.key(), expected.key());
    }
  }

  /** The register, as an unsigned number, is below the end of the user's addresses. */
  record BelowUserLimit(Register register) implements Condition {
    @Override
    public boolean holds(PtRegs regs, Machine machine) {
      return Long.compareUnsigned(register.of(regs), Addresses.userLimit(machine)) < 0;
    }

    @Override
    public String formula() {
      return register.key() + " < " + Hex.of(Addresses.USER_LIMIT);
    }
  }

  /** None of the bits of {@code mask} is set. */
  record Clear(Register register, long mask) implements Condition {
    @Override
    public boolean holds(PtRegs regs, Machine machine) {
      return (register.of(regs) & mask) == 0;
    }

    @Override
    public String formula() {
      return register.key() + " & " + Hex.of(mask) + " == 0";
    }
  }

  /** The kernel is no paravirtualised Xen guest; asks nothing of the registers. */
  record NotXenPv() implements Condition {
    @Override
    public boolean holds(PtRegs regs, Machine machine) {
      return !machine.xenPv();
    }

    @Override
    public String formula() {
      return "no Xen PV guest";
    }
  }
}
