package org.sysretreplay.analytics.report;

import org.sysretreplay.emulator.Addresses;
import org.sysretreplay.emulator.Condition;
import org.sysretreplay.emulator.Condition.BelowUserLimit;
import org.sysretreplay.emulator.Condition.Clear;
import org.sysretreplay.emulator.Condition.Equal;
import org.sysretreplay.emulator.Condition.HighBitsClear;
import org.sysretreplay.emulator.Condition.Is;
import org.sysretreplay.emulator.Condition.IsSelector;
import org.sysretreplay.emulator.Condition.SignExtends;
import org.sysretreplay.emulator.Hex;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.PtRegs;
import org.sysretreplay.emulator.Selector;

/** What a check compared: its formula on one machine, and with the values of one frame. */
final class CheckValues {

  private static final int TOP_BIT_LA57 = 56;

  private CheckValues() {}

  /** The formula over register names, with the constants of that machine. */
  static String formula(Condition condition, Machine machine) {
    if (machine.la57() && condition instanceof SignExtends it) {
      return "sign_extend(%s, %d) == %s"
          .formatted(it.extended().key(), TOP_BIT_LA57, it.expected().key());
    }
    if (machine.la57() && condition instanceof BelowUserLimit it) {
      return it.register().key() + " < " + Hex.of(Addresses.USER_LIMIT_LA57);
    }
    return condition.formula();
  }

  /** The formula with the frame's values, and with the relation that they really have. */
  static String values(Condition condition, PtRegs regs, Machine machine) {
    if (condition instanceof Equal it) {
      return compare(it.left().of(regs), it.right().of(regs));
    }
    if (condition instanceof Is it) {
      return compare(it.register().of(regs), it.value());
    }
    if (condition instanceof IsSelector it) {
      long slot = it.register().of(regs);
      return Hex.of(slot) + " & 0xffff" + relation(Selector.in(slot), it.selector());
    }
    if (condition instanceof HighBitsClear it) {
      long value = it.register().of(regs);
      return "%s >> %d%s"
          .formatted(Hex.of(value), it.lowestBit(), relation(value >>> it.lowestBit(), 0));
    }
    if (condition instanceof SignExtends it) {
      return compare(Addresses.signExtend(it.extended().of(regs), machine), it.expected().of(regs));
    }
    if (condition instanceof BelowUserLimit it) {
      boolean below = it.holds(regs, machine);
      return Hex.of(it.register().of(regs))
          + (below ? " < " : " >= ")
          + Hex.of(Addresses.userLimit(machine));
    }
    if (condition instanceof Clear it) {
      long value = it.register().of(regs);
      return "%s & %s%s"
          .formatted(Hex.of(value), Hex.of(it.mask()), relation(value & it.mask(), 0));
    }
    return machine.xenPv() ? "it is one" : "it is none";
  }

  private static String compare(long left, long right) {
    return Hex.of(left) + relation(left, right);
  }

  private static String relation(long left, long right) {
    return (left == right ? " == " : " != ") + (right == 0 ? "0" : Hex.of(right));
  }
}
