package org.sysretreplay.analytics.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.RecordedOn;
import org.sysretreplay.analytics.TraceSigns;
import org.sysretreplay.emulator.KernelRelease;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.MachineSign;

/**
 * Where options, the facts that were kept beside a trace, and its frames say different things of a
 * machine: a line for each contradiction, with what is used and what to do about it.
 */
final class MachineNotes {

  private final Machines machines;
  private final TraceSigns signs;

  /** By sentence, the traces that it is said of. */
  private final Map<String, List<String>> notes = new LinkedHashMap<>();

  private MachineNotes(Machines machines, TraceSigns signs) {
    this.machines = machines;
    this.signs = signs;
  }

  /**
   * Tells of all contradictions.
   *
   * @param machines what was used
   * @param signs what the frames show
   */
  static void tell(Machines machines, TraceSigns signs, Messages messages) {
    MachineNotes all = new MachineNotes(machines, signs);
    new TreeMap<>(machines.recordedOn()).forEach(all::add);
    all.tell(messages);
  }

  /** Tells of those that show before any frame was looked at. */
  static void tellOfFiles(Map<String, RecordedOn> recordedOn, Messages messages) {
    MachineNotes all = new MachineNotes(new Machines(Machine.TRACED, recordedOn), TraceSigns.NONE);
    new TreeMap<>(recordedOn).forEach(all::addFile);
    all.tell(messages);
  }

  private void tell(Messages messages) {
    notes.forEach(
        (sentence, traces) -> {
          String more = traces.size() == 1 ? "" : " and %d more".formatted(traces.size() - 1);
          messages.note("%s%s: %s.".formatted(traces.get(0), more, sentence));
        });
  }

  private void addFile(String trace, RecordedOn on) {
    if (on.hasFactsOfAnother()) {
      note(
          trace,
          "recorded on kernel %s, but its machine.json is of %s and is not used; remove it"
              .formatted(on.headerRelease(), on.facts().kernelRelease()));
    }
  }

  private void add(String trace, RecordedOn on) {
    addFile(trace, on);
    for (MachineSign sign : MachineSign.values()) {
      against(sign, on).ifPresent(it -> note(trace, it));
    }
    if (on.fred().isYes()) {
      fred(trace, on);
    }
  }

  private void note(String trace, String sentence) {
    notes.computeIfAbsent(sentence, it -> new ArrayList<>()).add(trace);
  }

  /** What speaks against what was said. */
  private Optional<String> against(MachineSign sign, RecordedOn on) {
    if (on.stated(sign).isNo() && on.signs().contains(sign)) {
      return Optional.of(
          "its machine.json says %s, but %s; the frames are used, so remove the file"
              .formatted(absent(sign), sign.sentence()));
    }
    Optional<String> option = option(sign);
    if (option.isPresent() && on.fact(sign).isNo()) {
      return Optional.of(
          "recorded with %s, as its machine.json says, but %s is used; leave that out to judge it as recorded"
              .formatted(absent(sign), option.get()));
    }
    return Optional.empty();
  }

  private static String absent(MachineSign sign) {
    return switch (sign) {
      case FRED -> "FRED off";
      case LA57 -> "4-level paging";
      case XEN_PV -> "no Xen PV guest";
    };
  }

  /** The option that was given for it. */
  private Optional<String> option(MachineSign sign) {
    Machine asked = machines.asked();
    return switch (sign) {
      case FRED -> Optional.empty();
      case LA57 -> asked.la57() ? Optional.of("--la57") : Optional.empty();
      case XEN_PV -> asked.xenPv() ? Optional.of("--xen-pv") : Optional.empty();
    };
  }

  private void fred(String trace, RecordedOn on) {
    if (!signs.of(trace).contains(MachineSign.FRED)) {
      note(
          trace,
          "its machine.json says that FRED was active, but no frame shows it; the file is used, so remove"
              + " it if it is of another boot");
    }
    boolean tooOld = KernelRelease.parse(on.release()).filter(it -> !it.canHaveFred()).isPresent();
    if (tooOld) {
      note(
          trace,
          "FRED was active, but mainline has none in kernel %s; its own model is taken to be fred, so name another with --model if that is wrong"
              .formatted(on.release()));
    }
  }
}
