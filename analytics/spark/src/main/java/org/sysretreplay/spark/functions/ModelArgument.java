package org.sysretreplay.spark.functions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.unsafe.types.UTF8String;
import org.sysretreplay.analytics.choice.ModelName;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.Exit;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Policy;
import org.sysretreplay.emulator.RegisterFacts;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Verdict;

/**
 * A model on a machine, parsed from the first argument of a function: {@code 'seed'}, {@code
 * 'seed+exec-hits'}, {@code '6.12'}, {@code 'linux-6.9 --la57 --untraced'}. Each text is parsed
 * once, not once for each row.
 */
final class ModelArgument {

  /** The most texts that are kept; further ones are parsed for each row. */
  private static final int MOST_KNOWN = 1000;

  /** Registers that every policy that changes RCX and R11 would change. */
  private static final Registers UNLIKE = new Registers(1, 2, 3, 4, 5, 6);

  /** The number of bits of a page's index in {@link #byFacts}. */
  private static final int PAGE_BITS = 9;

  private static volatile WordMap<ModelArgument> known = new WordMap<>(Map.of());
  private static final Map<UTF8String, ModelArgument> ALL = new HashMap<>();

  private final ExitModel model;
  private final Machine machine;
  private final Optional<String> complaintWithoutCause;

  /** The verdicts on ways back for which registers do not matter; null for the others. */
  private final Verdict[] unchecked = new Verdict[EntryPath.values().length];

  /**
   * Whether a way back reaches the register check, and no policy changes the registers before that.
   */
  private final boolean[] checked = new boolean[unchecked.length];

  /**
   * The check's verdicts by the facts of registers, on which alone they depend. Filled in when
   * facts first occur, without locks (benchmark functions/outcome).
   */
  private final Verdict[][] byFacts = new Verdict[1 << RegisterFacts.BITS - PAGE_BITS][];

  private ModelArgument(ExitModel model, Machine machine) {
    this.model = model;
    this.machine = machine;
    complaintWithoutCause =
        mendsByCause(model)
            ? Optional.of(
                "sysret: model '%s' asks what made a frame so; give the column cause behind ss"
                    .formatted(model))
            : Optional.empty();
    for (EntryPath path : EntryPath.values()) {
      switch (model.route(path, machine)) {
        case CHECK -> checked[path.ordinal()] = complaintWithoutCause.isEmpty();
        case FAST, IRET, ERETU ->
            unchecked[path.ordinal()] = model.judge(Exit.of(path, UNLIKE), machine);
        case COMPAT_FAST, COMPAT_CHECK -> {
          // The registers decide on these ways back, too, and are looked at for each frame.
        }
      }
    }
  }

  /** Whether a policy of the model depends on a frame's cause. */
  private static boolean mendsByCause(ExitModel model) {
    return Stream.of(Cause.values())
        .map(cause -> Exit.of(EntryPath.SYSCALL_TRACED, cause.present(), UNLIKE))
        .anyMatch(exit -> !model.checked(exit).equals(UNLIKE));
  }

  /**
   * The model and machine that a text names.
   *
   * @throws org.apache.spark.SparkIllegalArgumentException if it is null or names none
   */
  static ModelArgument of(UTF8String text) {
    if (text == null) {
      throw Complaints.of("sysret: the model is null; " + remedy());
    }
    ModelArgument judge = known.get(text);
    return judge != null ? judge : learn(text);
  }

  private static synchronized ModelArgument learn(UTF8String text) {
    ModelArgument judge = parse(text.toString());
    if (ALL.size() < MOST_KNOWN) {
      ALL.put(text.clone(), judge);
      known = new WordMap<>(ALL);
    }
    return judge;
  }

  private static ModelArgument parse(String text) {
    List<String> words = new ArrayList<>(List.of(text.strip().split("\\s+")));
    String id = words.remove(0);
    ModelName named =
        ModelName.find(id)
            .orElseThrow(
                () -> Complaints.of("sysret: there is no model '%s'; %s".formatted(id, remedy())));
    ExitModel model = named.model();
    Machine machine = named.on(Machine.TRACED);
    for (String word : words) {
      machine = MachineWord.change(machine, word, text);
    }
    if (!named.canRunOn(machine)) {
      throw Complaints.of(
          "sysret: model '%s': %s cannot run with 5-level paging; leave out --la57, or name a later model"
              .formatted(text, named.kernel()));
    }
    return new ModelArgument(model, machine);
  }

  private static String remedy() {
    return "choose from %s, or give a kernel's release; policies follow with + (%s), and what it runs on behind a blank (%s)"
        .formatted(
            ExitModels.all().stream().map(ExitModel::id).collect(Collectors.joining(", ")),
            Policy.IDS,
            MachineWord.ALL);
  }

  /**
   * This judge, if it needs no cause.
   *
   * @throws org.apache.spark.SparkIllegalArgumentException if it does
   */
  ModelArgument withoutCause() {
    if (complaintWithoutCause.isPresent()) {
      throw Complaints.of(complaintWithoutCause.get());
    }
    return this;
  }

  /** The verdict on a frame whose cause does not matter, or is not known. */
  Verdict judge(EntryPath path, long rip, long rcx, long r11, long rflags, long cs, long ss) {
    return judge(path, Optional.empty(), rip, rcx, r11, rflags, cs, ss);
  }

  /** The verdict on a frame. */
  Verdict judge(
      EntryPath path,
      Optional<Cause> cause,
      long rip,
      long rcx,
      long r11,
      long rflags,
      long cs,
      long ss) {
    Verdict verdict = unchecked[path.ordinal()];
    if (verdict != null) {
      return verdict;
    }
    return checked[path.ordinal()]
        ? checked(RegisterFacts.bits(rip, rcx, r11, rflags, cs, ss))
        : judge(Exit.of(path, cause, new Registers(rip, rcx, r11, rflags, cs, ss)));
  }

  private Verdict checked(int facts) {
    Verdict[] page = byFacts[facts >> PAGE_BITS];
    Verdict verdict = page == null ? null : page[facts & (1 << PAGE_BITS) - 1];
    return verdict == null ? learn(facts) : verdict;
  }

  /** Not synchronized: two threads may both compute an entry, with the same result. */
  private Verdict learn(int facts) {
    Verdict[] page = byFacts[facts >> PAGE_BITS];
    if (page == null) {
      page = new Verdict[1 << PAGE_BITS];
      byFacts[facts >> PAGE_BITS] = page;
    }
    Verdict verdict = model.check(new RegisterFacts(facts).registers(), machine);
    page[facts & (1 << PAGE_BITS) - 1] = verdict;
    return verdict;
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
