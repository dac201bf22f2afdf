package org.sysretreplay.spark.functions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.Exit;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.KernelRelease;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Policy;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Verdict;

/**
 * A model on a machine, as the first argument of the functions names both: {@code 'seed'}, {@code
 * 'seed+exec-hits'}, {@code '6.12'}, {@code 'linux-6.9 --la57 --untraced'}. Found once for each
 * text and not for each row.
 */
final class Judge {

  /** More texts than this are not models that people ask about, and are looked at again. */
  private static final int MOST_KNOWN = 1000;

  private static volatile Words<Judge> known = new Words<>(Map.of());
  private static final Map<UTF8String, Judge> ALL = new HashMap<>();

  private final ExitModel model;
  private final Machine machine;
  private final Optional<String> complaintWithoutCause;

  private Judge(ExitModel model, Machine machine) {
    this.model = model;
    this.machine = machine;
    complaintWithoutCause =
        mendsByCause(model)
            ? Optional.of(
                "sysret: model '%s' asks what made a frame so; give the column cause behind ss"
                    .formatted(model))
            : Optional.empty();
  }

  /** Whether a policy of the model looks at what made a frame so. */
  private static boolean mendsByCause(ExitModel model) {
    Registers unlike = new Registers(1, 2, 3, 4, 5, 6);
    return Stream.of(Cause.values())
        .map(cause -> Exit.of(EntryPath.SYSCALL_TRACED, cause.present(), unlike))
        .anyMatch(exit -> !model.checked(exit).equals(unlike));
  }

  /**
   * The judge that a text names.
   *
   * @throws org.apache.spark.SparkIllegalArgumentException where it names none, or is null
   */
  static Judge of(UTF8String text) {
    if (text == null) {
      throw Complaints.of("sysret: the model is null; " + remedy());
    }
    Judge judge = known.get(text);
    return judge != null ? judge : learn(text);
  }

  private static synchronized Judge learn(UTF8String text) {
    Judge judge = parse(text.toString());
    if (ALL.size() < MOST_KNOWN) {
      ALL.put(text.clone(), judge);
      known = new Words<>(ALL);
    }
    return judge;
  }

  private static Judge parse(String text) {
    List<String> words = new ArrayList<>(List.of(text.strip().split("\\s+")));
    ExitModel model = model(words.remove(0));
    Machine machine = Machine.TRACED;
    for (String word : words) {
      machine = MachineWord.of(word, text).on(machine);
    }
    if (!model.supports(machine)) {
      throw Complaints.of(
          "sysret: model '%s': %s cannot run with 5-level paging; leave out --la57, or name a later model"
              .formatted(text, model.id()));
    }
    return new Judge(model, machine);
  }

  private static ExitModel model(String id) {
    return ExitModels.byId(id)
        .or(() -> KernelRelease.parse(id).map(KernelRelease::model))
        .orElseThrow(
            () -> Complaints.of("sysret: there is no model '%s'; %s".formatted(id, remedy())));
  }

  private static String remedy() {
    return "choose from %s, or give a kernel's release; policies follow with + (%s), and what it runs on behind a blank (%s)"
        .formatted(
            ExitModels.all().stream().map(ExitModel::id).collect(Collectors.joining(", ")),
            Policy.IDS,
            MachineWord.ALL);
  }

  /** This judge where it can do without the cause of a frame. */
  Judge withoutCause() {
    if (complaintWithoutCause.isPresent()) {
      throw Complaints.of(complaintWithoutCause.get());
    }
    return this;
  }

  Verdict judge(Exit exit) {
    return model.judge(exit, machine);
  }

  ExitModel model() {
    return model;
  }

  Machine machine() {
    return machine;
  }
}
