package org.sysretreplay.analytics.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.sysretreplay.analytics.Group;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.GroupColumn.Kind;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.Ratio;
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.emulator.CarryOver;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.trace.Sampling;

/**
 * The columns of a report's rows, in their order. JSON, CSV, their schemas and every other output
 * for programs are made from this list. The names in lower case are the keys of the contract.
 */
public enum ReportColumn {
  WORKLOAD(Type.TEXT, Unit.NONE, "The workload.", row -> row.group().workload()),
  MODEL(Type.TEXT, Unit.NONE, "The id of the model that judged.", row -> row.group().modelId()),
  ENTRY(
      Kind.ENTRY,
      Unit.NONE,
      "How the kernel was entered.",
      keys(EntryKind.values(), EntryKind::key)),
  EVENT(Kind.EVENT, Unit.NONE, "The event that showed the exits; null where it was not recorded."),
  SYSCALL(Kind.SYSCALL, Unit.NONE, "The syscall's number; null where there was none."),
  SYSCALL_NAME(
      Kind.SYSCALL,
      Type.TEXT,
      "The name that 64-bit code has for the number in syscall; null where it has none, and where"
          + " any exit of the row is of 32-bit code (entry compat), which has numbers of its own.",
      Row::syscallName),
  COMM(Kind.COMM, Unit.NONE, "The thread's name; null where it was not recorded."),
  PID(Kind.PID, Unit.NONE, "The process; null where it was not recorded."),
  TID(Kind.TID, Unit.NONE, "The thread; null where it was not recorded."),
  CPU(Kind.CPU, Unit.NONE, "The CPU; null where it was not recorded."),
  SECOND(
      Kind.SECOND,
      Unit.SECONDS,
      "The second by the recorder's clock, rounded down; null where no time was recorded."),
  WINDOW(
      Kind.WINDOW,
      Unit.NANOSECONDS,
      "The start of the window of time in nanoseconds by the recorder's clock: a multiple of the width"
          + " that was asked for; null where no time was recorded."),
  STAGE(
      Kind.STAGE,
      Unit.NONE,
      "How sure it is that the registers are those that were returned to.",
      stages()),
  GROUP_CAUSE(
      Kind.CAUSE,
      Unit.NONE,
      "What made the frames unfit for SYSRET, whether or not the model refused them; null where"
          + " nothing did.",
      keys(Cause.values(), Cause::key)),
  EXITS(Unit.EXITS, "All exits.", OutcomeCounts::exits),
  CHECKED(Unit.EXITS, "Those whose registers were checked.", OutcomeCounts::checked),
  SYSRET(Outcome.SYSRET),
  IRET_MISS(Outcome.IRET_MISS),
  IRET_ROUTE(Outcome.IRET_ROUTE),
  FAST_SYSRET(Outcome.FAST_SYSRET),
  ERETU(Outcome.ERETU),
  DOUBTFUL(
      Type.COUNT,
      Unit.EXITS,
      "Those of which the trace does not tell all of the way back; each is counted under its outcome,"
          + " too.",
      row -> row.tally().doubts()),
  HIT_RATE(
      Type.SHARE,
      Unit.ONE,
      "sysret / checked; null where nothing was checked.",
      ofOutcomes(it -> known(it.hitRate().value()))),
  SYSRET_SHARE(
      Type.SHARE,
      Unit.ONE,
      "(sysret + fast_sysret) / exits; null where there are no exits.",
      ofOutcomes(it -> known(it.sysretShare().value()))),
  FIRST_MISS(
      "How often the check of each reason was the first to fail; reasons without such a miss are left out.",
      MissReason.values(),
      Tally::firstMisses),
  ANY_MISS(
      "How often the check of each reason failed, alone or with others; reasons whose check never failed are left out.",
      MissReason.values(),
      Tally::anyMisses),
  CAUSE(
      "How often each cause made a frame miss; causes that did not are left out.",
      Cause.values(),
      Tally::causes),
  CARRIED_OVER(
      "By cause, how many exits are as the recorded kernel changed them, though the model's may have"
          + " left them as they were; causes of which there are none are left out.",
      Stream.of(Cause.values()).filter(CarryOver::dependsOnKernel).toArray(Cause[]::new),
      Tally::carriedOver),
  SAMPLED_EVERY(
      Type.COUNT,
      Unit.NONE,
      "One event of so many was recorded, so that exits are of a sample; 0 where that varies, null"
          + " where every event was recorded, as far as the traces tell.",
      row -> SampledText.every(row.sampling())),
  SYSRET_SHARE_LOW(
      Type.SHARE,
      Unit.ONE,
      "The lower end of the 95 % interval of sysret_share; null where exits are not of a sample.",
      row -> row.margin(Interval::low)),
  SYSRET_SHARE_HIGH(
      Type.SHARE, Unit.ONE, "The upper end of the same.", row -> row.margin(Interval::high));

  /** The Java type of a column's cells. */
  public enum Type {
    /** A {@code String}. */
    TEXT,
    /** A {@code Long} of any sign. */
    NUMBER,
    /** A {@code Long} that is not negative. */
    COUNT,
    /** A {@code Double} from 0 to 1. */
    SHARE,
    /** A {@code Map} from names to positive {@code Long}s. */
    COUNTS
  }

  /** The unit of a column's numbers. */
  public enum Unit {
    NONE(""),
    ONE("1"),
    EXITS("exits"),
    SECONDS("s"),
    NANOSECONDS("ns");

    private final String symbol;

    Unit(String symbol) {
      this.symbol = symbol;
    }

    /** The unit as it is written behind a number; empty for none. */
    public String symbol() {
      return symbol;
    }
  }

  /**
   * The data that the cells of a row are taken from.
   *
   * @param by the columns that the values of the group are of
   * @param sampling how its exits were sampled; empty where all of them were recorded
   */
  public record Row(List<GroupColumn> by, Group group, Tally tally, Optional<Sampling> sampling) {

    /** Of exits that all were recorded. */
    public Row(List<GroupColumn> by, Group group, Tally tally) {
      this(by, group, tally, Optional.empty());
    }

    Object value(Kind kind) {
      return group.by().get(GroupColumn.indexOf(by, kind));
    }

    private Object margin(ToDoubleFunction<Interval> end) {
      Ratio share = OutcomeCounts.of(tally).sysretShare();
      return sampling.isEmpty() || share.total() == 0
          ? null
          : end.applyAsDouble(new SampleMargin(share).interval());
    }

    private Object syscallName() {
      Long number = (Long) value(Kind.SYSCALL);
      return number == null || tally.of32BitCode() > 0
          ? null
          : SyscallNames.of(number).orElse(null);
    }
  }

  private interface Source {

    Object cell(Row row);

    default Object cell(OutcomeCounts counts) {
      throw new IllegalArgumentException("outcomes alone do not tell this column");
    }
  }

  /** Takes a cell from the outcomes alone. */
  private record OfOutcomes(Function<OutcomeCounts, Object> counted) implements Source {

    @Override
    public Object cell(Row row) {
      return cell(OutcomeCounts.sum(List.of(row.tally())));
    }

    @Override
    public Object cell(OutcomeCounts counts) {
      return counted.apply(counts);
    }
  }

  private final Optional<Kind> group;
  private final Type type;
  private final Unit unit;
  private final String sentence;
  private final List<String> names;
  private final Source source;

  ReportColumn(
      Optional<Kind> group,
      Type type,
      Unit unit,
      String sentence,
      List<String> names,
      Source source) {
    this.group = group;
    this.type = type;
    this.unit = unit;
    this.sentence = sentence;
    this.names = names;
    this.source = source;
  }

  ReportColumn(Type type, Unit unit, String sentence, Source source) {
    this(Optional.empty(), type, unit, sentence, List.of(), source);
  }

  ReportColumn(Kind group, Type type, String sentence, Source source) {
    this(Optional.of(group), type, Unit.NONE, sentence, List.of(), source);
  }

  ReportColumn(Kind group, Unit unit, String sentence, List<String> names) {
    this(
        Optional.of(group),
        group.isText() ? Type.TEXT : Type.NUMBER,
        unit,
        sentence,
        names,
        row -> row.value(group));
  }

  ReportColumn(Kind group, Unit unit, String sentence) {
    this(group, unit, sentence, List.of());
  }

  ReportColumn(Unit unit, String sentence, Function<OutcomeCounts, Object> count) {
    this(Type.COUNT, unit, sentence, ofOutcomes(count));
  }

  ReportColumn(Outcome outcome) {
    this(Unit.EXITS, Sentences.capital(outcome.sentence()) + ".", it -> it.count(outcome));
  }

  <E extends Enum<E>> ReportColumn(
      String sentence, E[] counted, Function<Tally, Map<E, Long>> counts) {
    this(
        Optional.empty(),
        Type.COUNTS,
        Unit.EXITS,
        sentence,
        Stream.of(counted).map(Enum::name).toList(),
        row -> byName(counts.apply(row.tally())));
  }

  private static Source ofOutcomes(Function<OutcomeCounts, Object> counted) {
    return new OfOutcomes(counted);
  }

  private static <E> List<String> keys(E[] constants, Function<E, String> key) {
    return Stream.of(constants).map(key).toList();
  }

  /** All stages that a report can have: returns to the kernel itself are not in it. */
  private static List<String> stages() {
    return Stream.of(Stage.values()).filter(it -> it != Stage.IN_KERNEL).map(Stage::key).toList();
  }

  private static Object known(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static Map<String, Long> byName(Map<? extends Enum<?>, Long> counts) {
    Map<String, Long> named = new LinkedHashMap<>();
    counts.forEach((constant, count) -> named.put(constant.name(), count));
    return named;
  }

  /** All columns of a report that is grouped by {@code by}, in their order. */
  public static List<ReportColumn> of(List<GroupColumn> by) {
    List<ReportColumn> columns = new ArrayList<>(List.of(WORKLOAD, MODEL));
    by.forEach(
        asked ->
            all().filter(it -> it.group.equals(Optional.of(asked.kind()))).forEach(columns::add));
    all().filter(it -> it.isInEveryRow() && !columns.contains(it)).forEach(columns::add);
    return columns;
  }

  /** The column that shows the values of a group column. */
  public static ReportColumn ofGroup(Kind asked) {
    return all().filter(it -> it.group.equals(Optional.of(asked))).findFirst().orElseThrow();
  }

  /** The columns whose cells follow from the outcomes alone, in their order. */
  static List<ReportColumn> ofOutcomes() {
    return all().filter(it -> it.source instanceof OfOutcomes).toList();
  }

  private static Stream<ReportColumn> all() {
    return Stream.of(values());
  }

  /** The key in JSON and the name in CSV. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Type type() {
    return type;
  }

  public Unit unit() {
    return unit;
  }

  /** What the column means, and what null means in it. */
  public String sentence() {
    return sentence;
  }

  /** All possible texts or counted names, in their order; empty if any text is possible. */
  public List<String> names() {
    return names;
  }

  /** Whether every report has the column, however it is grouped. */
  public boolean isInEveryRow() {
    return group.isEmpty();
  }

  /** Whether cells can be null. */
  public boolean canBeNull() {
    return type == Type.SHARE
        || this == SAMPLED_EVERY
        || !isInEveryRow() && this != ENTRY && this != STAGE;
  }

  /** The cell of a row: an object of the class that {@link #type} names, or null. */
  public Object cell(Row row) {
    return source.cell(row);
  }

  /**
   * The cell of one of the columns {@link #ofOutcomes}.
   *
   * @throws IllegalArgumentException for any other column
   */
  Object cell(OutcomeCounts counts) {
    return source.cell(counts);
  }
}
