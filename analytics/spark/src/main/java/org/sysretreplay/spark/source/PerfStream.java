package org.sysretreplay.spark.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.ReadMaxFiles;
import org.apache.spark.sql.connector.read.streaming.ReportsSourceMetrics;
import org.apache.spark.sql.connector.read.streaming.SupportsTriggerAvailableNow;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.source.TraceInputs;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * The stream of recordings that arrive in a folder. Each file is read once, in one batch; the files
 * of a batch are recorded beside the checkpoint before any of them is read.
 */
final class PerfStream
    implements MicroBatchStream, SupportsTriggerAvailableNow, ReportsSourceMetrics {

  private final PerfScan scan;
  private final StreamLog log;
  private final Settling settling = new Settling();
  private final Set<String> taken = new HashSet<>();

  /** The number of the last batch with files; -1 before the first. */
  private long last;

  /** The files that the trigger AvailableNow may take; any file with other triggers. */
  private Optional<Set<String>> available = Optional.empty();

  private int waiting;

  PerfStream(PerfScan scan, String checkpointLocation) {
    this.scan = scan;
    log = log(checkpointLocation);
    last = log.last();
    log.all().forEach(it -> taken.add(it.toString()));
  }

  /** The log of files; Spark 4.0 does not have its classes in this place. */
  private static StreamLog log(String checkpointLocation) {
    try {
      return new StreamLog(checkpointLocation);
    } catch (NoClassDefFoundError e) {
      throw new UnsupportedOperationException(
          "streams of recordings need Spark 4.1 or later; read them as tables", e);
    }
  }

  /** An offset of the stream: the number of a batch. */
  private static final class BatchOffset extends Offset {

    private final long batch;

    BatchOffset(long batch) {
      this.batch = batch;
    }

    @Override
    public String json() {
      return Long.toString(batch);
    }
  }

  private static long batch(Offset offset) {
    return Long.parseLong(offset.json());
  }

  @Override
  public Offset initialOffset() {
    return new BatchOffset(-1);
  }

  @Override
  public Offset deserializeOffset(String json) {
    return new BatchOffset(Long.parseLong(json));
  }

  @Override
  public ReadLimit getDefaultReadLimit() {
    return scan.options().maxFilesPerTrigger().isPresent()
        ? ReadLimit.maxFiles(scan.options().maxFilesPerTrigger().getAsInt())
        : ReadLimit.allAvailable();
  }

  @Override
  public Offset latestOffset() {
    throw new UnsupportedOperationException("Spark asks with a limit");
  }

  @Override
  public Offset latestOffset(Offset start, ReadLimit limit) {
    List<TraceInput> arrived = arrived();
    int most = limit instanceof ReadMaxFiles files ? files.maxFiles() : Integer.MAX_VALUE;
    List<TraceInput> batch = arrived.subList(0, Math.min(most, arrived.size()));
    if (!batch.isEmpty()) {
      log.add(last + 1, batch);
      last++;
      batch.forEach(it -> taken.add(it.file()));
    }
    return new BatchOffset(last);
  }

  @Override
  public void prepareForTriggerAvailableNow() {
    Set<String> now = new HashSet<>();
    arrived().forEach(it -> now.add(it.file()));
    available = Optional.of(now);
  }

  /** The complete traces that were not taken yet, in the order of their arrival. */
  private List<TraceInput> arrived() {
    TraceInputs found =
        SourcePaths.lookAt(scan.options(), SourcePaths.arrived(scan.options().paths()));
    Map<String, TraceInput> byArrival = new TreeMap<>();
    waiting = files(found.unreadable());
    for (TraceInput trace : found.traces()) {
      if (!taken.contains(trace.file())) {
        Optional<Long> arrival = settling.arrival(trace).filter(it -> isAvailable(trace));
        if (arrival.isPresent()) {
          byArrival.put("%020d %s".formatted(arrival.get(), trace.file()), trace);
        } else {
          waiting++;
        }
      }
    }
    return new ArrayList<>(byArrival.values());
  }

  /** What is wrong with a folder itself, as that it has no trace yet, is no file that waits. */
  private static int files(List<TraceException> unreadable) {
    return (int) unreadable.stream().filter(it -> !Files.isDirectory(Path.of(it.source()))).count();
  }

  private boolean isAvailable(TraceInput trace) {
    return available.isEmpty() || available.get().contains(trace.file());
  }

  @Override
  public InputPartition[] planInputPartitions(Offset start, Offset end) {
    return scan.wholePartitions(
        SourcePaths.find(scan.options(), log.between(batch(start), batch(end))));
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return scan.createReaderFactory();
  }

  @Override
  public Map<String, String> metrics(Optional<Offset> latestConsumed) {
    return Map.of(
        "filesTaken", Integer.toString(taken.size()), "filesWaiting", Integer.toString(waiting));
  }

  @Override
  public void commit(Offset end) {
    // The record of what was read is kept, so that nothing is read twice.
  }

  @Override
  public void stop() {
    // Nothing is open.
  }

  /** Tells complete files from those that are still being written. */
  private static final class Settling {

    /** A file that has not changed for this long is taken for complete. */
    private static final long QUIET_MILLIS = 2_000;

    private record Look(long size, long modified, long at) {}

    private final Map<String, Look> looks = new HashMap<>();

    /** When the file was last written to; empty while it may still be written. */
    Optional<Long> arrival(TraceInput trace) {
      try {
        Path file = Path.of(trace.file());
        BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
        long now = System.currentTimeMillis();
        Look look = new Look(is.size(), is.lastModifiedTime().toMillis(), now);
        Look before = looks.get(trace.file());
        if (before == null || before.size != look.size || before.modified != look.modified) {
          looks.put(trace.file(), look);
          before = null;
        }
        boolean isQuiet =
            now - look.modified >= QUIET_MILLIS
                || before != null && now - before.at >= QUIET_MILLIS;
        if (!isQuiet || !trace.isFinished()) {
          return Optional.empty();
        }
        looks.remove(trace.file());
        return Optional.of(look.modified);
      } catch (IOException e) {
        // The file is gone.
        return Optional.empty();
      }
    }
  }
}
