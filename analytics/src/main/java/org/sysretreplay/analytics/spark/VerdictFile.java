package org.sysretreplay.analytics.spark;

import java.io.IOException;
import java.io.OutputStream;
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
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.spark.TraceStore;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.Reading;

/** Writes one verdict for every frame, whole or not at all. */
public final class VerdictFile {

  /** How verdicts are written. */
  public enum Format {
    /** A folder of Parquet files, as Spark writes it. */
    PARQUET,
    /** One file, one JSON object a line. */
    JSONL
  }

  /** Lies in every folder that this class wrote, and in no other that may be replaced. */
  private static final String MARKER = "_sysret-replay";

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
      Reading reading,
      List<TraceInput> traces,
      List<TraceStore> stores,
      Path target,
      Format format) {
    spark.sparkContext().setJobDescription("verdicts of " + model.id());
    Verdicts verdicts = new Verdicts(spark, model, machine, reading);
    Dataset<Row> rows = spark.createDataFrame(verdicts.rows(traces, stores), VerdictColumns.SCHEMA);
    try {
      // Through a link to what it stands for.
      Path place = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
      Path staging = stagingFor(place);
      try {
        DataFrameWriter<Row> writer = rows.write().mode(SaveMode.ErrorIfExists);
        switch (format) {
          case PARQUET -> {
            writer.option("compression", "zstd").parquet(staging.toString());
            Files.createFile(staging.resolve(MARKER));
            replaceFolder(staging, place);
          }
          case JSONL -> {
            writer.option("ignoreNullFields", "false").json(staging.toString());
            joinParts(staging, place);
          }
        }
      } finally {
        deleteAll(staging);
      }
      return verdicts.intake();
    } catch (IOException e) {
      throw OutputException.unwritable(target.toString(), e);
    }
  }

  /**
   * Beside the place, so that it can be moved there; elsewhere where that is a device or a pipe.
   */
  private static Path stagingFor(Path place) throws IOException {
    if (isStream(place)) {
      return Files.createTempDirectory("sysret-replay-").resolve("verdicts");
    }
    String name = ".%s.%d.writing".formatted(place.getFileName(), ProcessHandle.current().pid());
    Path staging = place.resolveSibling(name);
    deleteAll(staging);
    return staging;
  }

  /** Whether that is something to write into, and not a file or folder to replace. */
  private static boolean isStream(Path place) {
    return Files.exists(place) && !Files.isRegularFile(place) && !Files.isDirectory(place);
  }

  /**
   * Makes sure that a folder may be written here: a new one, or one that this program wrote.
   *
   * @throws OutputException where something else would have to go for it
   */
  public static void checkFolder(Path target) {
    if (Files.exists(target) && !Files.exists(target.resolve(MARKER))) {
      throw OutputException.of(
          target.toString(), "this is there already and no output of ours", "name a new folder");
    }
  }

  private static void replaceFolder(Path staging, Path place) throws IOException {
    checkFolder(place);
    Path old = staging.resolveSibling(staging.getFileName() + ".old");
    if (Files.exists(place)) {
      Files.move(place, old);
    }
    Files.move(staging, place);
    deleteAll(old);
  }

  private static void joinParts(Path staging, Path place) throws IOException {
    Path joined = isStream(place) ? place : staging.resolve("_joined");
    try (OutputStream out = Files.newOutputStream(joined)) {
      for (Path part : parts(staging)) {
        Files.copy(part, out);
      }
    }
    if (!isStream(place)) {
      Files.move(
          joined, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
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
}
