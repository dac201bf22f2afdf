package org.sysretreplay.spark.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Asks both data sources and the functions by SQL alone: {@code TRACES STORE LINES OUT}. */
public final class SqlJob {

  private SqlJob() {}

  public static void main(String[] args) throws IOException {
    try (SparkSession spark = SparkSession.builder().appName("sql").getOrCreate()) {
      Files.write(Path.of(args[3]), answers(spark, args[0], args[1], args[2]));
    }
  }

  /** The rows of some queries, as text. */
  static List<String> answers(SparkSession spark, String traces, String store, String lines) {
    spark.sql("set spark.sql.catalog.sysret=org.sysretreplay.spark.functions.SysretCatalog");
    // Makes Spark read small files in parts.
    spark.sql("set spark.sql.files.maxPartitionBytes=200");
    view(spark, "traces", "perf", traces, "models 'seed'");
    view(spark, "stored", "`sysret-store`", relative(store), "models 'linux-6.9'");
    view(spark, "stored_rejects", "`sysret-store`", relative(store), "table 'rejects'");
    view(spark, "plain", "perf", relative(lines), "mode 'failfast'");
    view(spark, "rejects", "perf", lines, "table 'rejects'");
    List<String> answers = new ArrayList<>();
    for (String query :
        List.of(
            "select workload, outcome_seed, sum(count) from traces group by all order by all",
            "select entry, outcome_linux_6_9, sum(count) from stored group by all order by all",
            "select tid, count(*) from stored group by all order by all",
            "select seq, rip, stage from plain order by seq",
            "select * from rejects order by position",
            "select * from stored_rejects order by position",
            "select sysret.outcome('6.12', path, rip, rcx, r11, rflags, cs, ss) as o, sum(count)"
                + " from stored group by all order by all",
            "select distinct sysret.first_miss('seed', path, rip, rcx, r11, rflags, cs, ss) as m"
                + " from traces order by m",
            "select sysret.hex(rip), sysret.flags(rflags) from stored order by seq limit 3")) {
      for (Row row : spark.sql(query).collectAsList()) {
        answers.add(row.toString());
      }
    }
    return answers;
  }

  /** The path from the folder of this program, which no executor works in. */
  private static String relative(String path) {
    return Path.of("").toAbsolutePath().relativize(Path.of(path)).toString();
  }

  private static void view(
      SparkSession spark, String name, String format, String path, String option) {
    spark.sql(
        "create or replace temporary view %s using %s options (path '%s', %s)"
            .formatted(name, format, path, option));
  }
}
