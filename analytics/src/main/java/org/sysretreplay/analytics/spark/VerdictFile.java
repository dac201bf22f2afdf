package org.sysretreplay.analytics.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.OutputException;
import org.sysretreplay.ingest.TraceInput;
import org.sysretreplay.ingest.spark.TraceStore;

/** Writes one verdict for every frame, whole or not at all. */
public final class VerdictFile {

  /** How verdicts are written. */
  public enum Format {
    /** A folder of Parquet files, as Spark writes it. */
    PARQUET,
    /** One file, one JSON object a line. */
    JSONL
  }

  private VerdictFile() {}

  /**
   * Judges every frame and writes the verdicts in place of an earlier output.
   *
   * @param target the file or folder to write, on this machine
   * @return what became of the records
   * @throws OutputException where it cannot be written
   */
  public static Intake write(
      SparkSession spark,
      ExitModel model,
      Machine machine,
      List<TraceInput> traces,
      List<TraceStore> stores,
      Path target,
      Format format) {
    spark.sparkContext().setJobDescription("verdicts of " + model.id());
    Verdicts verdicts = new Verdicts(spark, model, machine);
    Dataset<Row> rows = spark.createDataFrame(verdicts.rows(traces, stores), VerdictColumns.SCHEMA);
    Path absolute = target.toAbsolutePath();
    Path staging = absolute.resolveSibling("." + absolute.getFileName() + ".writing");
    try {
      deleteAll(staging);
      DataFrameWriter<Row> writer = rows.write().mode(SaveMode.ErrorIfExists);
      switch (format) {
        case PARQUET -> {
          writer.option("compression", "zstd").parquet(staging.toUri().toString());
          checkFolder(target);
          deleteAll(absolute);
          Files.move(staging, absolute);
        }
        case JSONL -> {
          writer.option("ignoreNullFields", "false").json(staging.toUri().toString());
          joinParts(staging, absolute);
        }
      }
      return verdicts.intake();
    } catch (IOException e) {
      throw OutputException.unwritable(target.toString(), e);
    } finally {
      deleteQuietly(staging);
    }
  }

  /**
   * Makes sure that a folder may be written here: a new one, or one that Spark wrote.
   *
   * @throws OutputException where something else would have to go for it
   */
  public static void checkFolder(Path target) {
    if (Files.exists(target) && !Files.exists(target.resolve("_SUCCESS"))) {
      throw OutputException.of(
          target.toString(), "this is there already and no output of Spark's", "name a new folder");
    }
  }

  private static void joinParts(Path staging, Path target) throws IOException {
    Path joined = staging.resolve("_joined");
    try (OutputStream out = Files.newOutputStream(joined)) {
      for (Path part : parts(staging)) {
        Files.copy(part, out);
      }
    }
    Files.move(joined, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static List<Path> parts(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("part-"))
          .sorted()
          .toList();
    }
  }

  private static void deleteAll(Path path) throws IOException {
    if (Files.exists(path)) {
      try (Stream<Path> all = Files.walk(path)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  private static void deleteQuietly(Path path) {
    try {
      deleteAll(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cleaning up " + path, e);
    }
  }
}
