package org.sysretreplay.spark.functions;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Work;

/** The words that describe a machine, as on the command line; each changes one property. */
final class MachineWord {

  private static final Map<String, UnaryOperator<Machine>> CHANGES = changes();

  /** All words, for a message. */
  static final String ALL = String.join(", ", CHANGES.keySet());

  private MachineWord() {}

  private static Map<String, UnaryOperator<Machine>> changes() {
    Map<String, UnaryOperator<Machine>> changes = new LinkedHashMap<>();
    for (Work work : Work.values()) {
      // By default a kernel is traced and has no other work.
      if (work == Work.TRACING) {
        changes.put("--untraced", it -> it.with(work, false));
      } else {
        changes.put(
            "--" + work.name().toLowerCase(Locale.ROOT).replace('_', '-'),
            it -> it.with(work, true));
      }
    }
    changes.put("--patched-fork-children", it -> it.withPatchedForkChildren(true));
    changes.put("--la57", it -> it.withLa57(true));
    changes.put("--xen-pv", it -> it.withXenPv(true));
    return Collections.unmodifiableMap(changes);
  }

  /** All words in the order of {@link #ALL}. */
  static Iterable<String> words() {
    return CHANGES.keySet();
  }

  /**
   * The machine, changed by a word.
   *
   * @param model the whole argument, for the message
   * @throws org.apache.spark.SparkIllegalArgumentException if the word is unknown
   */
  static Machine change(Machine machine, String word, String model) {
    UnaryOperator<Machine> change = CHANGES.get(word);
    if (change == null) {
      throw Complaints.of(
          "sysret: model '%s': %s says nothing about a machine; choose from %s"
              .formatted(model, word, ALL));
    }
    return change.apply(machine);
  }
}
