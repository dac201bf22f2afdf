package org.sysretreplay.spark.functions;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Work;

/** What a kernel runs on, in the words of the command line: each changes a machine. */
final class MachineWord {

  private static final Map<String, UnaryOperator<Machine>> CHANGES = changes();

  /** All words, for a message. */
  static final String ALL = String.join(", ", CHANGES.keySet());

  private MachineWord() {}

  private static Map<String, UnaryOperator<Machine>> changes() {
    Map<String, UnaryOperator<Machine>> changes = new LinkedHashMap<>();
    for (Work work : Work.values()) {
      // A recording is traced, unless one says otherwise; all other work is there if one says so.
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
   * The machine as that word changes it.
   *
   * @param model all that was said of the model
   * @throws org.apache.spark.SparkIllegalArgumentException where the word is none
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
