package org.sysretreplay.emulator;

import java.util.List;

/** The machines that proofs range over. */
final class Machines {

  private static final List<Boolean> OFF_AND_ON = List.of(false, true);

  private Machines() {}

  /** A traced machine for each overlay that the kernel can run under (sheet 3.2 and 3.3). */
  static List<Machine> of(String model) {
    return bare(model).stream()
        .flatMap(machine -> OFF_AND_ON.stream().map(machine::withXenPv))
        .toList();
  }

  /** The same without Xen PV guests, where the kernel itself executes no SYSRET and IRETQ. */
  static List<Machine> bare(String model) {
    return OFF_AND_ON.stream()
        .filter(la57 -> !la57 || StraightCode.supportsLa57(model))
        .map(Machine.TRACED::withLa57)
        .toList();
  }
}
