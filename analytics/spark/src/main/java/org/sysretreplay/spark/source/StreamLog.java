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

/** Which files each batch of a stream has, as Spark's own streams of files keep it. */
final class StreamLog {

  private static final int VERSION = 1;

  private final FileStreamSourceLog log;

  /** The record below that folder of a checkpoint. */
  StreamLog(String location) {
    log = new FileStreamSourceLog(VERSION, SparkSession.active(), location);
  }

  /** The last batch; -1 where there is none. */
  long last() {
    Option<Tuple2<Object, FileEntry[]>> latest = log.getLatest();
    return latest.isEmpty() ? -1 : (Long) latest.get()._1();
  }

  /** All files that any batch has. */
  List<Path> all() {
    List<Path> files = new ArrayList<>();
    for (FileEntry each : log.restore()) {
      files.add(Path.of(each.path()));
    }
    return files;
  }

  /** The files of the batches behind the first one, up to the other one, in their order. */
  List<Path> between(long first, long last) {
    List<Path> files = new ArrayList<>();
    if (first < last) {
      for (Tuple2<Object, FileEntry[]> batch :
          log.get(Option.apply(first + 1), Option.apply(last))) {
        for (FileEntry each : batch._2()) {
          files.add(Path.of(each.path()));
        }
      }
    }
    return files;
  }

  /**
   * Notes the files of a batch.
   *
   * @throws IllegalStateException where somebody else has the same checkpoint
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
