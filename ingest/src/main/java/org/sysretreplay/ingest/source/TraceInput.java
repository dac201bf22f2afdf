package org.sysretreplay.ingest.source;

import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.sysretreplay.ingest.jsonl.JsonReaders;
import org.sysretreplay.ingest.perfdata.PerfDataSniffer;
import org.sysretreplay.ingest.perfdata.RecordingFolder;
import org.sysretreplay.ingest.sample.SampleObserver;
import org.sysretreplay.ingest.sample.SampledReader;
import org.sysretreplay.ingest.text.SampleTextReader;
import org.sysretreplay.ingest.trace.Bounds;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Head;
import org.sysretreplay.ingest.trace.MachineFacts;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.ingest.trace.TraceHeader;
import org.sysretreplay.ingest.trace.TraceReader;

/**
 * A trace file that is going to be read.
 *
 * @param file the file or folder as the user named it
 * @param path the path of its bytes, which differs from {@code file} for input through a pipe
 * @param workload the workload that it belongs to
 * @param traceId the id of the trace within its workload; the same file always gets the same id
 * @param found the state of its files when it was found
 * @param bounds the limits for reading it
 */
public record TraceInput(
    String file,
    String path,
    TraceFormat format,
    String workload,
    String traceId,
    FileState found,
    Bounds bounds)
    implements Serializable {

  /** A trace whose name may differ from the path of its bytes. */
  public TraceInput(
      String file,
      String path,
      TraceFormat format,
      String workload,
      String traceId,
      Bounds bounds) {
    this(file, path, format, workload, traceId, FileState.of(Path.of(path)), bounds);
  }

  /** A trace that is named by its path, with the usual bounds. */
  public TraceInput(String file, TraceFormat format, String workload, String traceId) {
    this(file, file, format, workload, traceId, Bounds.USUAL);
  }

  /**
   * Whether its writer has finished, as far as the file tells: when perf ends, it writes into the
   * header of a perf.data how much it has recorded.
   */
  public boolean isFinished() {
    return format != TraceFormat.PERF_DATA || PerfDataSniffer.isFinished(Head.of(mainFile()));
  }

  /** The total size of its files when it was found, in bytes. */
  public long bytes() {
    return found.bytes();
  }

  /** The path of its bytes with its name and bounds. */
  NamedFile named() {
    return new NamedFile(Path.of(path), file, bounds);
  }

  private Path mainFile() {
    Path place = Path.of(path);
    return Files.isDirectory(place) ? RecordingFolder.mainFile(place) : place;
  }

  /**
   * Makes sure that its files are unchanged since it was found.
   *
   * @throws TraceException if they are not
   */
  public void checkUnchanged() {
    found.check(file, FileState.of(Path.of(path)));
  }

  /**
   * Opens the trace with a reader that counts.
   *
   * @throws TraceException if its header cannot be read, or the file has changed
   */
  public CountingReader open(Reading reading) {
    return open(reading, SampleObserver.NONE);
  }

  /**
   * Opens the trace with a reader that counts, and has the observer see every sample. Formats whose
   * records are frames already have no samples.
   *
   * <p>At the end the reader makes sure that the files are unchanged since the trace was found and
   * opened; otherwise it ends with a {@link TraceException}.
   *
   * @throws TraceException if its header cannot be read, or the file has changed
   */
  public CountingReader open(Reading reading, SampleObserver observer) {
    return openUnchanged(
        () -> {
          TraceReader reader = format.open(named(), reading);
          if (reader instanceof SampledReader sampled) {
            sampled.observe(observer);
          }
          return reader;
        });
  }

  /**
   * Opens a reader of the files, or of a part of them, with both checks that they are unchanged.
   */
  CountingReader openUnchanged(Supplier<TraceReader> opening) {
    FileState start = FileState.of(Path.of(path));
    found.check(file, start);
    return new CountingReader(
        new UnchangedReader(opening.get(), () -> start.check(file, FileState.of(Path.of(path)))),
        file,
        bounds);
  }

  /**
   * The header as the trace states it before its first record. In texts it stands in several places
   * where files were put together, so that the comments of the first 64 MiB, and counted exits
   * whole, are read.
   *
   * @throws TraceException if it cannot be read
   */
  public TraceHeader header() {
    try (TraceReader reader = format.open(named(), Reading.AS_RECORDED)) {
      if (beginsWithCounts()) {
        while (reader.hasNext()) {
          reader.next();
        }
      } else if (reader instanceof SampleTextReader text) {
        return text.readHeader();
      } else if (reader instanceof SampledReader && reader.header().kernelRelease().isEmpty()) {
        // What comes through a pipe names its kernel before the first record.
        reader.hasNext();
      }
      return reader.header();
    }
  }

  /**
   * Whether it says at its beginning that its exits were counted where they were recorded.
   *
   * @throws TraceException if it cannot be read
   */
  public boolean beginsWithCounts() {
    return format == TraceFormat.JSONL && JsonReaders.beginsWithHeader(named());
  }

  /**
   * The facts about the machine that it was recorded on, from the file beside the trace.
   *
   * @throws TraceException if there is such a file and it cannot be read
   */
  public MachineFacts machine() {
    return MachineFile.beside(Path.of(file));
  }
}
