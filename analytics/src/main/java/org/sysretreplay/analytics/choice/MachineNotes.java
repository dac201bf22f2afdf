package org.sysretreplay.analytics.choice;

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
 * Finds contradictions about a machine between the options, the facts kept beside a trace, and its
 * frames: a sentence for each, with what is used and what to do about it.
 */
public final class MachineNotes {

  private final Machines machines;
  private final TraceSigns signs;

  /** The traces that a sentence is about, by the sentence. */
  private final Map<Sentence, List<String>> notes = new LinkedHashMap<>();

  private MachineNotes(Machines machines, TraceSigns signs) {
    this.machines = machines;
    this.signs = signs;
  }

  /**
   * All contradictions.
   *
   * @param machines the machines that were used
   * @param signs what the frames show
   */
  public static List<Sentence> of(Machines machines, TraceSigns signs) {
    MachineNotes all = new MachineNotes(machines, signs);
    new TreeMap<>(machines.recordedOn()).forEach(all::add);
    return all.sentences();
  }

  /** The contradictions that show before any frame is read. */
  public static List<Sentence> ofFiles(Map<String, RecordedOn> recordedOn) {
    MachineNotes all = new MachineNotes(new Machines(Machine.TRACED, recordedOn), TraceSigns.NONE);
    new TreeMap<>(recordedOn).forEach(all::addFile);
    return all.sentences();
  }

  private List<Sentence> sentences() {
    List<Sentence> all = new ArrayList<>();
    notes.forEach(
        (sentence, traces) -> {
          String more = traces.size() == 1 ? "" : " and %d more".formatted(traces.size() - 1);
          all.add(Sentence.of("%s%s: %s.", traces.get(0), more, sentence));
        });
    return all;
  }

  private void addFile(String trace, RecordedOn on) {
    if (on.hasFactsOfAnother()) {
      note(
          trace,
          "recorded on kernel %s, but its machine.json is of %s and is not used; remove it",
          on.headerRelease(),
          on.facts().kernelRelease());
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
    if (on.fact(MachineSign.LA57).isYes() && !on.canHave5Levels()) {
      note(
          trace,
          "%s, but no kernel %s can run with 5-level paging, and its own model judges without; %s",
          on.signs().contains(MachineSign.LA57)
              ? MachineSign.LA57.sentence()
              : "its machine.json says 5-level paging",
          on.release(),
          on.signs().contains(MachineSign.LA57)
              ? Sentence.of("name the model of the kernel that it is with %s", OptionName.MODEL)
              : "remove the file if it is of another boot");
    }
  }

  private void note(String trace, String format, Object... arguments) {
    note(trace, Sentence.of(format, arguments));
  }

  private void note(String trace, Sentence sentence) {
    notes.computeIfAbsent(sentence, it -> new ArrayList<>()).add(trace);
  }

  /** A contradiction about one sign, if there is one. */
  private Optional<Sentence> against(MachineSign sign, RecordedOn on) {
    if (on.stated(sign).isNo() && on.signs().contains(sign)) {
      return Optional.of(
          Sentence.of(
              "its machine.json says %s, but %s; the frames are used, so remove the file",
              absent(sign), sign.sentence()));
    }
    return option(sign)
        .filter(it -> on.fact(sign).isNo())
        .map(
            it ->
                Sentence.of(
                    "recorded with %s, as its machine.json says, but %s is used; leave that out to judge it as recorded",
                    absent(sign), it));
  }

  private static String absent(MachineSign sign) {
    return switch (sign) {
      case FRED -> "FRED off";
      case LA57 -> "4-level paging";
      case XEN_PV -> "no Xen PV guest";
    };
  }

  /** The option that was given for a sign. */
  private Optional<OptionName> option(MachineSign sign) {
    Machine asked = machines.asked();
    return switch (sign) {
      case FRED -> Optional.empty();
      case LA57 -> asked.la57() ? Optional.of(OptionName.LA57) : Optional.empty();
      case XEN_PV -> asked.xenPv() ? Optional.of(OptionName.XEN_PV) : Optional.empty();
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
          "FRED was active, but mainline has none in kernel %s; its own model is taken to be fred, so name another with %s if that is wrong",
          on.release(),
          OptionName.MODEL);
    }
  }
}
