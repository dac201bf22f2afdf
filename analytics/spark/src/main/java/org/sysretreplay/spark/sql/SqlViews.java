package org.sysretreplay.spark.sql;

import java.util.List;
import java.util.stream.Collectors;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Machine;

/**
 * Views over a table or view {@code frames} with the columns of a store's frames; they compute in
 * SQL what {@code report} counts. They judge assembled frames, for traced kernels with 4-level
 * paging and outside of Xen PV. All counts are sums of {@code count}.
 */
public final class SqlViews {

  private static final Machine MACHINE = Machine.TRACED;

  private static final String LINE = "\n";

  private SqlViews() {}

  /** The statements that make the views, in order: each may use those before it. */
  public static List<String> statements(SqlDialect dialect) {
    List<SqlModel> models =
        ExitModels.all().stream()
            .filter(it -> it.supports(MACHINE))
            .map(it -> new SqlModel(it, MACHINE, dialect))
            .toList();
    RowViews rows = new RowViews(dialect, models);
    CountViews counts = new CountViews(dialect);
    return List.of(
        rows.frameDetails(),
        rows.syscalls(),
        rows.verdicts(),
        counts.hitRateByWorkload(),
        counts.hitRateOverTime(),
        counts.missReasons(),
        counts.missCauses(),
        counts.topMissSyscalls(),
        new PairView(dialect, models).modelAgainstModel());
  }

  /** The statements that make the view {@code frames} of the store at {@code STORE}, in order. */
  static List<String> frames(SqlDialect dialect) {
    return switch (dialect) {
      case SPARK ->
          List.of(
              // Otherwise Spark takes the workloads 6.1 and 6.10 for one number.
              "set spark.sql.sources.partitionColumnTypeInference.enabled = false",
              "create temporary view frames using parquet options (path 'STORE/frames')");
      case DUCKDB ->
          List.of(
              "create view frames as from read_parquet('STORE/frames/*/*/*.parquet', hive_partitioning = true, hive_types_autocast = false)");
    };
  }

  /** All statements as the text of a file. */
  static String text(SqlDialect dialect) {
    return """
        -- Views over frames. For the store in the folder STORE, make that first:
        %s
        -- Every count is of exits: a row stands for as many as its column count says.
        -- Made from the models: SqlViewsTest with -Dsql.write=true writes this file, and compares it without.

        """
            .formatted(
                frames(dialect).stream().map(it -> "--   " + it).collect(Collectors.joining(LINE)))
        + statements(dialect).stream().map(it -> it + ";\n").collect(Collectors.joining(LINE));
  }
}
