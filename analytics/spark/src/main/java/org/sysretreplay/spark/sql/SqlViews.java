package org.sysretreplay.spark.sql;

import static org.sysretreplay.spark.sql.SqlModel.literal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sysretreplay.analytics.report.SyscallNames;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.emulator.Syscall;
import org.sysretreplay.ingest.frames.FrameColumn;

/**
 * Views over a table or view {@code frames} that has the columns of a store's frames: what {@code
 * report} counts, by SQL alone. They judge frames as they were returned to, by kernels that are
 * traced, with 4-level paging and no Xen PV guests. All of them add up {@code count}.
 */
public final class SqlViews {

  private static final Machine MACHINE = Machine.TRACED;

  /** No 64-bit syscall has a higher number. */
  private static final int SYSCALLS = 1024;

  private static final String LINE = "\n";

  private final SqlDialect dialect;
  private final List<SqlModel> models;

  private SqlViews(SqlDialect dialect) {
    this.dialect = dialect;
    models =
        ExitModels.all().stream()
            .filter(it -> it.supports(MACHINE))
            .map(it -> new SqlModel(it, MACHINE, dialect))
            .toList();
  }

  /** The statements that make the views, each of which uses those before it. */
  public static List<String> statements(SqlDialect dialect) {
    SqlViews views = new SqlViews(dialect);
    return List.of(
        views.frameDetails(),
        views.syscalls(),
        views.verdicts(),
        views.rates("hit_rate_by_workload", "", ""),
        views.rates("hit_rate_over_time", ", second", views.second() + " as second"),
        views.missReasons(),
        views.missCauses(),
        views.topMissSyscalls(),
        views.modelAgainstModel());
  }

  /** All of them as a file. */
  static String text(SqlDialect dialect) {
    return """
        -- Views over frames, the frames of a store; %s.
        -- Every count is of exits: a row stands for as many as its column count says.
        -- Made from the models: SqlViewsTest with -Dsql.write=true writes this file, and compares it without.

        """
            .formatted(frames(dialect))
        + statements(dialect).stream().map(it -> it + ";\n").collect(Collectors.joining(LINE));
  }

  private static String frames(SqlDialect dialect) {
    return switch (dialect) {
      case SPARK -> "create temporary view frames using parquet options (path 'STORE/frames')";
      case DUCKDB ->
          "create view frames as from read_parquet('STORE/frames/*/*/*.parquet', hive_partitioning = true, hive_types_autocast = false)";
    };
  }

  /** Registers also as people read them, and whether the frame is a return to user space at all. */
  private String frameDetails() {
    String hex =
        Stream.of("rip", "rcx", "r11", "rflags", "cs", "ss", "rsp", "rax")
            .map(it -> "  '0x' || lower(hex(%1$s)) as %1$s_hex".formatted(it))
            .collect(Collectors.joining(",\n"));
    return dialect.view(
        "frame_details",
        "select *,\n  stage <> %s as is_exit,\n%s\nfrom frames"
            .formatted(literal(Stage.IN_KERNEL.key()), hex));
  }

  /** The names of 64-bit syscalls, by the numbers that frames have. */
  private String syscalls() {
    List<Long> numbers = new ArrayList<>(List.of(Syscall.SIGRETURN));
    for (long flag : new long[] {0, Syscall.X32_BIT}) {
      for (long number = 0; number < SYSCALLS; number++) {
        numbers.add(number | flag);
      }
    }
    List<String> rows =
        numbers.stream()
            .flatMap(
                nr ->
                    SyscallNames.of(nr).stream()
                        .map(name -> "(cast(%d as bigint), %s)".formatted(nr, literal(name))))
            .toList();
    return dialect.view(
        "syscalls", "select nr, name from (values\n" + wrapped(rows) + ") as syscalls(nr, name)");
  }

  private static String wrapped(List<String> rows) {
    int each = 4;
    return IntStream.range(0, (rows.size() + each - 1) / each)
        .mapToObj(
            i ->
                "  "
                    + String.join(
                        ", ", rows.subList(i * each, Math.min(rows.size(), i * each + each))))
        .collect(Collectors.joining(",\n"));
  }

  /** A row for each exit and model. */
  private String verdicts() {
    String judged =
        models.stream().map(SqlModel::verdicts).collect(Collectors.joining("\n  union all\n"));
    String columns =
        Stream.concat(
                Stream.of("workload", "trace"),
                Stream.of(FrameColumn.values()).map(FrameColumn::key))
            .collect(Collectors.joining(", "));
    String bySysret =
        Stream.of(Outcome.values())
            .filter(Outcome::isBySysret)
            .map(it -> literal(it.name()))
            .collect(Collectors.joining(", "));
    return dialect.view(
        "verdicts",
        """
        with judged as (
        %s
        ), outcomes as (
          select *,
            coalesce(unchecked, case when first_failing is null then %s else %s end) as outcome
          from judged
        )
        select
          %s,
          model,
          outcome,
          outcome in (%s) as sysret,
          case when unchecked is null then first_failing end as first_miss,
          case when unchecked is null then all_failing else %s end as all_miss,
          case when outcome = %s then upper(coalesce(cause, %s)) end as miss_cause,
          doubtful
        from outcomes
        """
            .formatted(
                judged,
                literal(Outcome.SYSRET.name()),
                literal(Outcome.IRET_MISS.name()),
                columns,
                bySysret,
                dialect.known(List.of()),
                literal(Outcome.IRET_MISS.name()),
                literal(Cause.UNKNOWN.key())));
  }

  private static String sum(String condition) {
    return "cast(coalesce(sum(count) filter (where %s), 0) as bigint)".formatted(condition);
  }

  private static String is(Outcome outcome) {
    return "outcome = " + literal(outcome.name());
  }

  /** The counts of the report, in the order of its columns. */
  private static String counts() {
    List<String> columns = new ArrayList<>();
    columns.add("cast(sum(count) as bigint) as exits");
    columns.add(sum(is(Outcome.SYSRET) + " or " + is(Outcome.IRET_MISS)) + " as checked");
    for (Outcome outcome :
        List.of(
            Outcome.SYSRET,
            Outcome.IRET_MISS,
            Outcome.IRET_ROUTE,
            Outcome.FAST_SYSRET,
            Outcome.ERETU)) {
      columns.add(sum(is(outcome)) + " as " + outcome.key());
    }
    columns.add(sum("doubtful") + " as doubtful");
    return String.join(",\n    ", columns);
  }

  private static final String RATES =
      """
      cast(sysret as double) / nullif(checked, 0) as hit_rate,
        cast(sysret + fast_sysret as double) / exits as sysret_share""";

  /** Counts and rates by workload and model, and by one column more. */
  private String rates(String name, String key, String made) {
    return dialect.view(
        name,
        """
        with counted as (
          select workload, model%s,
            %s
          from %s
          group by workload, model%s
        )
        select *,
          %s
        from counted
        """
            .formatted(
                key,
                counts(),
                made.isEmpty() ? "verdicts" : "(select *, " + made + " from verdicts)",
                key,
                RATES));
  }

  /** Rounded down; exits that were counted where they were recorded have no time each. */
  private String second() {
    String below = "((ts_ns % 1000000000) + 1000000000) % 1000000000";
    return "case when count = 1 then %s end"
        .formatted(dialect.quotient("(ts_ns - " + below + ")", "1000000000"));
  }

  private String missReasons() {
    String reasons =
        Stream.of(MissReason.values())
            .map(it -> "(" + literal(it.name()) + ")")
            .collect(Collectors.joining(", "));
    return dialect.view(
        "miss_reasons",
        """
        with missed as (
          select workload, model, first_miss, all_miss, sum(count) as exits
          from verdicts
          where outcome = %s
          group by workload, model, first_miss, all_miss
        )
        select workload, model, reason,
          cast(coalesce(sum(exits) filter (where first_miss = reason), 0) as bigint) as first_miss,
          cast(sum(exits) as bigint) as any_miss
        from missed cross join (values %s) as reasons(reason)
        where array_contains(all_miss, reason)
        group by workload, model, reason
        """
            .formatted(literal(Outcome.IRET_MISS.name()), reasons));
  }

  private String missCauses() {
    return dialect.view(
        "miss_causes",
        """
        select workload, model, miss_cause as cause, cast(sum(count) as bigint) as iret_miss
        from verdicts
        where outcome = %s
        group by workload, model, miss_cause
        """
            .formatted(literal(Outcome.IRET_MISS.name())));
  }

  /** Place 1 misses most often in its workload under its model. */
  private String topMissSyscalls() {
    return dialect.view(
        "top_miss_syscalls",
        """
        with counted as (
          select workload, model, entry, nr as syscall,
            %s
          from verdicts
          where nr is not null
          group by workload, model, entry, nr
        )
        select counted.*,
          case when entry <> %s then name end as syscall_name,
          cast(sysret as double) / nullif(checked, 0) as hit_rate,
          row_number() over (
            partition by workload, model order by iret_miss desc, exits desc, entry, syscall) as place
        from counted left join syscalls on nr = syscall
        where iret_miss > 0
        """
            .formatted(counts(), literal(EntryKind.COMPAT.key())));
  }

  private static String numbered(List<SqlModel> models, IntFunction<String> text, String between) {
    return IntStream.range(0, models.size()).mapToObj(text).collect(Collectors.joining(between));
  }

  /** One look at every frame for all pairs of models. */
  private String modelAgainstModel() {
    String outcomes =
        numbered(
            models,
            i ->
                "    -- %s\n    %s as outcome_%d"
                    .formatted(models.get(i).model().id(), models.get(i).outcome("    "), i),
            ",\n");
    String names = numbered(models, i -> "outcome_" + i, ", ");
    String ids =
        numbered(models, i -> "(%d, %s)".formatted(i, literal(models.get(i).model().id())), ", ");
    String chosen = numbered(models, i -> "when %1$d then outcome_%1$d".formatted(i), " ");
    return dialect.view(
        "model_against_model",
        """
        with outcomes as (
          select workload, cause, count,
        %s
          from frame_details
          where is_exit
        ), alike as (
          select workload, cause, %s, sum(count) as exits
          from outcomes
          group by workload, cause, %s
        ), models as (
          select number, model from (values %s) as models(number, model)
        ), pairs as (
          select workload, base.model as base, other.model as other, exits, cause,
            case base.number %s end as base_outcome,
            case other.number %s end as other_outcome
          from alike cross join models as base cross join models as other
        ), caused as (
          select workload, base, other, base_outcome, other_outcome, exits,
            upper(coalesce(cause, case when %s in (base_outcome, other_outcome) then %s end)) as cause
          from pairs
        )
        select workload, base, other, base_outcome, other_outcome, cause,
          cast(sum(exits) as bigint) as exits
        from caused
        group by workload, base, other, base_outcome, other_outcome, cause
        """
            .formatted(
                outcomes,
                names,
                names,
                ids,
                chosen,
                chosen,
                literal(Outcome.IRET_MISS.name()),
                literal(Cause.UNKNOWN.key())));
  }
}
