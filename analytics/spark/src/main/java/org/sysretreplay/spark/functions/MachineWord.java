package org.sysretreplay.spark.functions;

import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.emulator.Machine;

/** What a kernel runs on, in the words of the command line. */
enum MachineWord {
  UNTRACED(it -> new Machine(false, it.la57(), it.xenPv())),
  LA57(it -> it.withLa57(true)),
  XEN_PV(it -> it.withXenPv(true));

  /** All words, for a message. */
  static final String ALL =
      Stream.of(values()).map(MachineWord::option).collect(Collectors.joining(", "));

  private final UnaryOperator<Machine> change;

  MachineWord(UnaryOperator<Machine> change) {
    this.change = change;
  }

  private String option() {
    return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Machine on(Machine machine) {
    return change.apply(machine);
  }

  /**
   * The word of that text.
   *
   * @param model all that was said of the model
   */
  static MachineWord of(String text, String model) {
    return Stream.of(values())
        .filter(it -> it.option().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                Complaints.of(
                    "sysret: model '%s': %s says nothing about a machine; choose from %s"
                        .formatted(model, text, ALL)));
  }
}
