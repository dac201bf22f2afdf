package org.sysretreplay.spark.sql;

import static org.sysretreplay.spark.sql.SqlModel.literal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sysretreplay.analytics.report.SyscallNames;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.emulator.Syscall;
import org.sysretreplay.ingest.frames.FrameColumn;

/** The views with a row for each frame, for each exit and model, and for each syscall. */
record RowViews(SqlDialect dialect, List<SqlModel> models) {

  /** No 64-bit syscall has a higher number. */
  private static final int SYSCALLS = 1024;

  /**
   * The frames with registers in hexadecimal as well, and whether each is a return to user space.
   */
  String frameDetails() {
    String hex =
        Stream.of("rip", "rcx", "r11", "rflags", "cs", "ss", "rsp", "rax")
            .map(it -> "  '0x' || lower(hex(%1$s)) as %1$s_hex".formatted(it))
            .collect(Collectors.joining(",\n"));
    return dialect.view(
        "frame_details",
        "select *,\n  stage <> %s as is_exit,\n%s\nfrom frames"
            .formatted(literal(Stage.IN_KERNEL.key()), hex));
  }

  /** The names of 64-bit syscalls by number, including those of x32. */
  String syscalls() {
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

  /** The verdicts: a row for each exit and model. */
  String verdicts() {
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
}
