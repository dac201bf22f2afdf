package org.sysretreplay.ingest.generate;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sysretreplay.emulator.Assembly;
import org.sysretreplay.emulator.Assembly.Recorded;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.generate.Profile.Scheduling;
import org.sysretreplay.ingest.generate.Profile.Step;
import org.sysretreplay.ingest.generate.Profile.Workload;

/** Reads a profile from JSON, and refuses one from which no frames can be generated. */
final class ProfileReader {

  /** The largest count that is accepted, so that sums do not overflow. */
  private static final long LARGEST_COUNT = 1L << 48;

  private ProfileReader() {}

  static Profile read(ProfileValue json) {
    String schema = json.field("schema").text();
    if (!schema.equals(Profile.SCHEMA)) {
      throw json.wrong("its schema is %s and not %s".formatted(schema, Profile.SCHEMA));
    }
    ProfileValue list = json.field("workloads");
    List<Workload> workloads = notEmpty(list).stream().map(ProfileReader::workload).toList();
    Set<String> names = new HashSet<>();
    for (Workload it : workloads) {
      if (!names.add(it.name())) {
        throw list.wrong("the workload %s is there twice".formatted(it.name()));
      }
    }
    return new Profile(workloads);
  }

  private static List<ProfileValue> notEmpty(ProfileValue list) {
    if (list.elements().isEmpty()) {
      throw list.wrong(list.path() + " is empty");
    }
    return list.elements();
  }

  private static Workload workload(ProfileValue json) {
    List<Template> templates =
        notEmpty(json.field("templates")).stream().map(ProfileReader::template).toList();
    int last = templates.size() - 1;
    notEmpty(json.field("first_of_process"));
    notEmpty(json.field("threads_per_process"));
    Workload workload =
        new Workload(
            name(json.field("name")),
            count(json.field("frames")),
            templates,
            weighted(json.field("first_of_process"), 0, last),
            weighted(json.field("first_of_thread"), 0, last),
            json.field("steps").elements().stream().map(it -> step(it, last)).toList(),
            weighted(json.field("threads_per_process"), 1, LARGEST_COUNT),
            scheduling(json),
            weighted(json.field("cpus"), Long.MIN_VALUE, Long.MAX_VALUE),
            weighted(json.field("gaps_ns"), 0, GapBuckets.LONGEST));
    checkThatThreadsGoOn(json, workload);
    checkThatNothingIsMissing(json, workload);
    return workload;
  }

  /** The name of a workload, which must not be empty because folders of a store get it. */
  private static String name(ProfileValue json) {
    if (json.text().isEmpty()) {
      throw json.wrong(json.path() + " is empty");
    }
    return json.text();
  }

  private static void checkThatThreadsGoOn(ProfileValue json, Workload workload) {
    boolean[] goesOn = new boolean[workload.templates().size()];
    workload.steps().forEach(it -> goesOn[it.from()] = true);
    for (int i = 0; i < goesOn.length; i++) {
      if (!goesOn[i]) {
        throw json.wrong("%s.steps has none from template %d".formatted(json.path(), i));
      }
    }
  }

  /** Refuses a profile whose lists are empty although its templates need values from them. */
  private static void checkThatNothingIsMissing(ProfileValue json, Workload workload) {
    if (workload.threads().stream().anyMatch(it -> it.value() > 1)) {
      notEmpty(json.field("first_of_thread"));
    }
    if (workload.templates().stream().anyMatch(it -> it.frame().cpu().isPresent())) {
      notEmpty(json.field("cpus"));
    }
  }

  private static Scheduling scheduling(ProfileValue json) {
    return new Scheduling(
        (int) json.field("threads_at_once").integer(1, Scheduling.MOST_THREADS),
        json.field("switches").integer(0, LARGEST_COUNT),
        json.field("migrations").integer(0, LARGEST_COUNT));
  }

  private static List<Weighted> weighted(ProfileValue list, long least, long most) {
    return list.elements().stream().map(it -> weight(it.elements(2), least, most)).toList();
  }

  private static Weighted weight(List<ProfileValue> pair, long least, long most) {
    return new Weighted(pair.get(0).integer(least, most), count(pair.get(1)));
  }

  private static Step step(ProfileValue json, int last) {
    List<ProfileValue> numbers = json.elements(3);
    return new Step(
        (int) numbers.get(0).integer(0, last),
        (int) numbers.get(1).integer(Step.END, last),
        count(numbers.get(2)));
  }

  private static long count(ProfileValue json) {
    return json.integer(1, LARGEST_COUNT);
  }

  private static Template template(ProfileValue json) {
    ExitFrame frame =
        new ExitFrame(
            0,
            OptionalLong.empty(),
            OptionalLong.empty(),
            new Task(
                OptionalLong.empty(),
                OptionalLong.empty(),
                json.find("comm").map(ProfileValue::text)),
            named(json.field("entry"), EntryKind::ofKey, "an entry kind"),
            json.find("event").map(ProfileValue::text),
            number(json, "nr", ProfileValue::integer),
            number(json, "ret", ProfileValue::integer),
            registers(json),
            number(json, "rsp", ProfileValue::register),
            number(json, "rax", ProfileValue::register),
            assembly(json));
    return Template.of(frame).without(absent(json));
  }

  private static Assembly assembly(ProfileValue json) {
    Stage stage = named(json.field("stage"), Stage::ofKey, "a stage");
    Optional<Recorded> recorded = json.find("recorded").map(ProfileReader::recorded);
    if (stage == Stage.AMENDED && recorded.isEmpty()) {
      throw json.wrong(json.path() + ".recorded is missing, and the frame is amended");
    }
    return new Assembly(
        path(json),
        stage,
        json.find("cause").map(it -> named(it, Cause::ofKey, "a cause")),
        recorded);
  }

  private static EntryPath path(ProfileValue json) {
    return named(json.field("path"), EntryPath::ofKey, "a path");
  }

  private static Recorded recorded(ProfileValue json) {
    return new Recorded(
        named(json.field("entry"), EntryKind::ofKey, "an entry kind"),
        path(json),
        registers(json),
        number(json, "rsp", ProfileValue::register),
        number(json, "rax", ProfileValue::register));
  }

  private static Registers registers(ProfileValue json) {
    return new Registers(
        json.field("rip").register(),
        json.field("rcx").register(),
        json.field("r11").register(),
        json.field("rflags").register(),
        json.field("cs").register(),
        json.field("ss").register());
  }

  private static Set<Template.Drawn> absent(ProfileValue json) {
    EnumSet<Template.Drawn> absent = EnumSet.noneOf(Template.Drawn.class);
    json.find("absent").ifPresent(list -> list.elements().forEach(it -> absent.add(drawn(it))));
    return absent;
  }

  private static Template.Drawn drawn(ProfileValue json) {
    return named(json, ProfileReader::drawnOfKey, "one of ts_ns, cpu, pid, tid");
  }

  private static Optional<Template.Drawn> drawnOfKey(String key) {
    return Stream.of(Template.Drawn.values())
        .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(key))
        .findFirst();
  }

  private static <T> T named(ProfileValue json, Function<String, Optional<T>> ofKey, String what) {
    return ofKey.apply(json.text()).orElseThrow(() -> json.isNot(what));
  }

  private static OptionalLong number(
      ProfileValue json, String name, Function<ProfileValue, Long> toNumber) {
    return json.find(name)
        .map(it -> OptionalLong.of(toNumber.apply(it)))
        .orElse(OptionalLong.empty());
  }
}
