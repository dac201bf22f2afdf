package org.sysretreplay.spark.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.runtime.FileStreamSource.FileEntry;
import org.apache.spark.sql.execution.streaming.runtime.FileStreamSourceLog;
import org.sysretreplay.ingest.source.TraceInput;
import scala.Option;
import scala.Tuple2;

/** Records the files of each batch of a stream, in the way of Spark's own file streams. */
final class StreamLog {

  private static final int VERSION = 1;

  private final FileStreamSourceLog log;

  /**
   * @param location a folder of the checkpoint
   */
  StreamLog(String location) {
    log = new FileStreamSourceLog(VERSION, SparkSession.active(), location);
  }

  /** The number of the last batch; -1 if there is none. */
  long last() {
    Option<Tuple2<Object, FileEntry[]>> latest = log.getLatest();
    return latest.isEmpty() ? -1 : (Long) latest.get()._1();
  }

  /** The files of all batches. */
  List<Path> all() {
    List<Path> files = new ArrayList<>();
    for (FileEntry each : log.restore()) {
      files.add(path(each));
    }
    return files;
  }

  /** Older checkpoints have paths as they were named, relative to the folder of the program. */
  private static Path path(FileEntry entry) {
    return LocalPaths.absolute(Path.of(entry.path()));
  }

  /** The files of the batches after {@code first} up to {@code last}, in their order. */
  List<Path> between(long first, long last) {
    List<Path> files = new ArrayList<>();
    if (first < last) {
      for (Tuple2<Object, FileEntry[]> batch :
          log.get(Option.apply(first + 1), Option.apply(last))) {
        for (FileEntry each : batch._2()) {
          files.add(path(each));
        }
      }
    }
    return files;
  }

  /**
   * Records the files of a batch.
   *
   * @throws IllegalStateException if another query uses the same checkpoint
   */
  void add(long batch, List<TraceInput> traces) {
    long now = System.currentTimeMillis();
    FileEntry[] entries =
        traces.stream().map(it -> new FileEntry(it.file(), now, batch)).toArray(FileEntry[]::new);
    if (!log.add(batch, entries)) {
      throw new IllegalStateException(
          "batch %d is on record already: another query has the same checkpoint".formatted(batch));
    }
  }
}
