package org.sysretreplay.spark.sql;

import static org.sysretreplay.spark.sql.SqlModel.literal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;

/** The views that sum verdicts to the counts of a report. */
record CountViews(SqlDialect dialect) {

  private static final String RATES =
      """
      cast(sysret as double) / nullif(checked, 0) as hit_rate,
        cast(sysret + fast_sysret as double) / exits as sysret_share""";

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

  String hitRateByWorkload() {
    return rates("hit_rate_by_workload", "", "");
  }

  String hitRateOverTime() {
    return rates("hit_rate_over_time", ", second", second() + " as second");
  }

  /** Counts and rates by workload and model, and optionally by one more column. */
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

  /**
   * The second, rounded down; null for exits that were counted at the recorder, which have no time
   * each.
   */
  private String second() {
    return "case when count = 1 then %s - case when ts_ns %% 1000000000 < 0 then 1 else 0 end end"
        .formatted(dialect.quotient("ts_ns", "1000000000"));
  }

  String missReasons() {
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

  String missCauses() {
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

  /**
   * The column {@code place} is 1 for the syscall that misses most often in its workload under its
   * model.
   */
  String topMissSyscalls() {
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
}
