package org.sysretreplay.spark.sql;

import org.sysretreplay.emulator.Addresses;
import org.sysretreplay.emulator.Condition;
import org.sysretreplay.emulator.Condition.BelowUserLimit;
import org.sysretreplay.emulator.Condition.Clear;
import org.sysretreplay.emulator.Condition.Equal;
import org.sysretreplay.emulator.Condition.HighBitsClear;
import org.sysretreplay.emulator.Condition.Is;
import org.sysretreplay.emulator.Condition.IsSelector;
import org.sysretreplay.emulator.Condition.NotXenPv;
import org.sysretreplay.emulator.Condition.SignExtends;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Register;

/**
 * Writes a check's condition as SQL over the columns of frames. Addresses are unsigned and columns
 * are signed, so comparisons are written as ranges of signed numbers; nothing can overflow, and the
 * SQL is the same for both engines.
 */
final class SqlCondition {

  private SqlCondition() {}

  /** A SQL condition that is true if the check's condition holds on the machine. */
  static String of(Condition condition, Machine machine) {
    if (condition instanceof Equal it) {
      return it.left().key() + " = " + it.right().key();
    }
    if (condition instanceof Is it) {
      return it.register().key() + " = " + it.value();
    }
    if (condition instanceof IsSelector it) {
      return "(%s & 65535) = %d".formatted(it.register().key(), it.selector());
    }
    if (condition instanceof HighBitsClear it) {
      return below(it.register(), 1L << it.lowestBit());
    }
    if (condition instanceof SignExtends it) {
      return signExtended(it.extended(), machine) + " = " + it.expected().key();
    }
    if (condition instanceof BelowUserLimit it) {
      return below(it.register(), Addresses.userLimit(machine));
    }
    if (condition instanceof Clear it) {
      return "(%s & %d) = 0".formatted(it.register().key(), it.mask());
    }
    if (condition instanceof NotXenPv) {
      return Boolean.toString(!machine.xenPv());
    }
    throw new IllegalArgumentException("no SQL for " + condition.formula(machine));
  }

  /**
   * Whether the register is below a limit as an unsigned number; the limit must be positive as a
   * signed one.
   */
  private static String below(Register register, long limit) {
    return "%s between 0 and %d".formatted(register.key(), limit - 1);
  }

  /** The bits below the top bit of an address, less the top bit itself. */
  private static String signExtended(Register register, Machine machine) {
    long top = 1L << Addresses.topBit(machine);
    return "(%1$s & %2$d) - (%1$s & %3$d)".formatted(register.key(), top - 1, top);
  }
}
