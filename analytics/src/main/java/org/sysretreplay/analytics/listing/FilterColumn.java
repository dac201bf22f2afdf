package org.sysretreplay.analytics.listing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.choice.ChoiceException;
import org.sysretreplay.analytics.choice.Nearest;
import org.sysretreplay.analytics.choice.Sentence;
import org.sysretreplay.analytics.report.CauseFilter;
import org.sysretreplay.analytics.report.EventName;
import org.sysretreplay.analytics.report.ReportColumn;
import org.sysretreplay.analytics.report.SyscallNames;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;

/**
 * A column that frames can be filtered by: the verdict, the workload, and every column that reports
 * group by, under the same name.
 *
 * @param key the name of the option, without its dashes
 * @param label the placeholder of a value in help texts
 * @param sentence what it chooses by, as part of a sentence
 * @param kind the kind of its values
 * @param names all possible values in lower case; empty if any value is possible
 * @param value the values of a frame; the frame matches if one of them is wanted
 */
public record FilterColumn(
    String key,
    String label,
    String sentence,
    Kind kind,
    List<String> names,
    Function<ListedFrame, List<Object>> value) {

  /** What stands for a value that the recording does not have, as in reports. */
  private static final String UNKNOWN = "-";

  /** How a value is written that is itself what stands for none. */
  private static final String NAMED_LIKE_UNKNOWN = "\\" + UNKNOWN;

  /** In place of a value: chooses the frames that have none. */
  enum None {
    NONE;

    @Override
    public String toString() {
      return UNKNOWN;
    }
  }

  /** Not just "workload": that option gives everything another workload. */
  private static final String OF_WORKLOAD = "of-workload";

  /** All columns: those of the verdict first, then in the order of {@link GroupColumn}. */
  public static final List<FilterColumn> ALL = all();

  /** How many names a message lists. */
  private static final int LISTED = 20;

  /** The kind of a column's values. */
  public enum Kind {
    /** Any text, as it was recorded. */
    TEXT,
    /** One of the names. */
    NAME,
    NUMBER,
    /** A number, or one of the names. */
    NUMBER_OR_NAME,
    /** A {@link TimeWindow}; the values of frames are their times. */
    WINDOW
  }

  private static List<FilterColumn> all() {
    List<FilterColumn> columns = new ArrayList<>();
    columns.add(
        ofVerdict(
            "outcome",
            "how the model returns",
            Stream.of(Outcome.values()).map(Outcome::key).toList(),
            it -> it.verdict().outcome().key()));
    columns.add(
        ofVerdict(
            "reason",
            "the first check that failed",
            Stream.of(MissReason.values()).map(FilterColumn::key).toList(),
            it -> it.verdict().firstMiss().map(FilterColumn::key).orElse(null)));
    columns.add(
        new FilterColumn(
            OF_WORKLOAD,
            "NAME",
            "the workload",
            Kind.TEXT,
            List.of(),
            it -> List.of(it.trace().workload())));
    Stream.of(GroupColumn.Kind.values()).map(FilterColumn::of).forEach(columns::add);
    return List.copyOf(columns);
  }

  private static FilterColumn ofVerdict(
      String key, String sentence, List<String> names, Function<ListedFrame, String> value) {
    return new FilterColumn(
        key, label(key), sentence, Kind.NAME, names, it -> one(value.apply(it)));
  }

  private static String key(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String label(String key) {
    return key.toUpperCase(Locale.ROOT);
  }

  private static List<Object> one(Object value) {
    return value == null ? List.of() : List.of(value);
  }

  private static FilterColumn of(GroupColumn.Kind kind) {
    return switch (kind) {
      case SYSCALL ->
          new FilterColumn(
              kind.key(),
              "SYSCALL",
              sentence(kind),
              Kind.NUMBER_OR_NAME,
              List.copyOf(SyscallNames.all()),
              FilterColumn::syscall);
      case EVENT ->
          new FilterColumn(
              kind.key(),
              label(kind.key()),
              sentence(kind),
              Kind.TEXT,
              List.of(),
              FilterColumn::event);
      case WINDOW ->
          new FilterColumn(
              kind.key(),
              TimeWindow.LABEL,
              sentence(kind),
              Kind.WINDOW,
              List.of(),
              it -> one(it.value(TimeWindow.TIME)));
      default -> of(new GroupColumn(kind, 0));
    };
  }

  private static FilterColumn of(GroupColumn column) {
    List<String> names = names(column.kind());
    return new FilterColumn(
        column.key(),
        column.isText() ? label(column.key()) : "N",
        sentence(column.kind()),
        names.isEmpty() ? column.isText() ? Kind.TEXT : Kind.NUMBER : Kind.NAME,
        names,
        it -> one(it.value(column)));
  }

  /**
   * The values that reports can show, except for the cause that depends on the machine and not on
   * the frame.
   */
  private static List<String> names(GroupColumn.Kind column) {
    return ReportColumn.ofGroup(column).names().stream()
        .filter(it -> ofMachine(it).isEmpty())
        .toList();
  }

  private static Optional<Cause> ofMachine(String name) {
    return Stream.of(Cause.values())
        .filter(it -> !CauseFilter.isOfFrames(it) && it.key().equalsIgnoreCase(name))
        .findFirst();
  }

  private static String sentence(GroupColumn.Kind kind) {
    return switch (kind) {
      case ENTRY -> "how the kernel was entered";
      case EVENT ->
          "the event that was recorded, such as raw_syscalls:sys_exit, or sys_exit as reports show it";
      case SYSCALL -> "the system call, by name or number";
      case COMM -> "the thread's name";
      case PID -> "the process";
      case TID -> "the thread";
      case CPU -> "the CPU";
      case SECOND -> "the second by the recorder's clock, rounded down";
      case WINDOW ->
          "the window of time, as in 100ms@303057400000000: its width, and its start in nanoseconds"
              + " by the recorder's clock";
      case STAGE -> "how sure the registers are";
      case CAUSE -> "what made the frame unfit for SYSRET, passed or not";
    };
  }

  private static List<Object> event(ListedFrame frame) {
    return frame.frame().event().stream()
        .<Object>flatMap(it -> Stream.of(it, EventName.withoutSubsystem(it)))
        .distinct()
        .toList();
  }

  private static List<Object> syscall(ListedFrame frame) {
    Object number = frame.value(GroupColumn.SYSCALL);
    String name = FrameDetail.syscallName(frame.frame());
    String bare = name == null ? null : name.replaceFirst("^" + SyscallNames.X32, "");
    return Stream.of(number, name, bare).filter(Objects::nonNull).distinct().toList();
  }

  /** The column's name in a sentence. */
  String word() {
    return key.equals(OF_WORKLOAD) ? "workload" : key;
  }

  /** The option on the command line. */
  public String option() {
    return "--" + key;
  }

  /** The column with this key. */
  static FilterColumn ofKey(String key) {
    return ALL.stream().filter(it -> it.key.equals(key)).findFirst().orElseThrow();
  }

  /**
   * Whether the frame has one of the wanted values; a frame without a value matches {@link
   * None#NONE}.
   */
  boolean has(ListedFrame frame, List<Object> wanted) {
    List<Object> values = value.apply(frame);
    return values.isEmpty()
        ? wanted.contains(None.NONE)
        : values.stream().anyMatch(it -> wanted.stream().anyMatch(one -> isMeant(it, one)));
  }

  private static boolean isMeant(Object value, Object wanted) {
    return wanted instanceof TimeWindow window ? window.holds((Long) value) : wanted.equals(value);
  }

  /**
   * Parses a value that a user wrote. Blanks around it are of the value only where any text is one.
   *
   * @throws ChoiceException if there is no such value
   */
  Object parse(String written) {
    String text = kind == Kind.TEXT ? written : written.strip();
    if (text.equals(UNKNOWN)) {
      return None.NONE;
    }
    return switch (kind) {
      case TEXT -> text.equals(NAMED_LIKE_UNKNOWN) ? UNKNOWN : text;
      case NAME -> name(text).orElseThrow(() -> noSuchName(text));
      case NUMBER -> number(text).orElseThrow(() -> noNumber(text));
      case WINDOW -> TimeWindow.parse(text).orElseThrow(() -> noWindow(text));
      case NUMBER_OR_NAME -> number(text).or(() -> name(text)).orElseThrow(() -> noSuchName(text));
    };
  }

  /** A syscall's name matches x32 calls as well, unless it has the prefix of x32. */
  private Optional<Object> name(String text) {
    boolean x32 = key.equals(GroupColumn.SYSCALL.key()) && text.startsWith(SyscallNames.X32);
    String bare = x32 ? text.substring(SyscallNames.X32.length()) : text;
    return names.stream()
        .filter(it -> it.equalsIgnoreCase(bare))
        .findFirst()
        .map(it -> x32 ? SyscallNames.X32 + it : it);
  }

  private static Optional<Object> number(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private ChoiceException noNumber(String text) {
    return complaint(text, "this is no number; give one, as in " + option() + " 1");
  }

  private ChoiceException noWindow(String text) {
    return complaint(
        text,
        "this is no window; give the width of --by window and the start that JSON and CSV show, as in "
            + option()
            + " 100ms@303057400000000");
  }

  private ChoiceException noSuchName(String text) {
    Optional<Cause> ofMachine = ofMachine(text);
    if (ofMachine.isPresent()) {
      return complaint(
          text,
          "this is of the machine and no frame's own cause; ask "
              + CauseFilter.option(ofMachine.get()));
    }
    String none = "there is no such %s%s".formatted(key, Nearest.perhaps(text, names));
    return complaint(
        text,
        names.size() > LISTED
            ? none + "; its number will do, too"
            : none + "; choose from " + String.join(", ", names));
  }

  private ChoiceException complaint(String text, String why) {
    return new ChoiceException(Sentence.of("%s %s: %s.", option(), text, why));
  }
}
