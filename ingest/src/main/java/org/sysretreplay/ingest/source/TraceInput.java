package org.sysretreplay.ingest.source;

import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sysretreplay.ingest.perfdata.PerfDataSniffer;
import org.sysretreplay.ingest.perfdata.RecordingFolder;
import org.sysretreplay.ingest.sample.SampleObserver;
import org.sysretreplay.ingest.sample.SampledReader;
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
 * @param path where its bytes are: of what came through a pipe somewhere else
 * @param workload what it is counted under
 * @param traceId names the trace within its workload; the same file always gets the same id
 * @param found what its files were when it was found
 * @param bounds how much may be made of it
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

  /** A trace whose bytes are somewhere else than its name says. */
  public TraceInput(
      String file,
      String path,
      TraceFormat format,
      String workload,
      String traceId,
      Bounds bounds) {
    this(file, path, format, workload, traceId, FileState.of(Path.of(path)), bounds);
  }

  /** A trace that is where its name says, of the usual bounds. */
  public TraceInput(String file, TraceFormat format, String workload, String traceId) {
    this(file, file, format, workload, traceId, Bounds.USUAL);
  }

  /**
   * Whether its writer has ended, as far as the file itself tells: perf writes how much it has
   * recorded into the header of a perf.data when it ends.
   */
  public boolean isFinished() {
    return format != TraceFormat.PERF_DATA || PerfDataSniffer.isFinished(Head.of(mainFile()));
  }

  /** How many bytes its files had when it was found. */
  public long bytes() {
    return found.bytes();
  }

  /** Its bytes, what they are called, and how much may be made of them. */
  NamedFile named() {
    return new NamedFile(Path.of(path), file, bounds);
  }

  private Path mainFile() {
    Path place = Path.of(path);
    return Files.isDirectory(place) ? RecordingFolder.mainFile(place) : place;
  }

  /**
   * Makes sure that its files are what they were when it was found.
   *
   * @throws TraceException where they are not
   */
  public void checkUnchanged() {
    found.check(file, FileState.of(Path.of(path)));
  }

  /**
   * Opens the file and counts what it gives.
   *
   * @throws TraceException where its header cannot be read, or the file has changed
   */
  public CountingReader open(Reading reading) {
    return open(reading, SampleObserver.NONE);
  }

  /**
   * Opens the file, counts what it gives, and has the observer see every sample in it. Formats
   * whose records are frames already have none.
   *
   * <p>It is read whole where all its files are at the end what they were at the start, and when it
   * was found; else the end is a {@link TraceException}.
   *
   * @throws TraceException where its header cannot be read, or the file has changed
   */
  public CountingReader open(Reading reading, SampleObserver observer) {
    FileState start = FileState.of(Path.of(path));
    found.check(file, start);
    TraceReader reader = format.open(named(), reading);
    if (reader instanceof SampledReader sampled) {
      sampled.observe(observer);
    }
    return new CountingReader(
        new UnchangedReader(reader, () -> start.check(file, FileState.of(Path.of(path)))),
        file,
        bounds);
  }

  /**
   * What the trace says of itself before its first record.
   *
   * @throws TraceException where it cannot be read
   */
  public TraceHeader header() {
    try (TraceReader reader = format.open(named(), Reading.AS_RECORDED)) {
      if (reader instanceof SampledReader && reader.header().kernelRelease().isEmpty()) {
        // Texts, and what comes through a pipe, name their kernel before the first record.
        reader.hasNext();
      }
      return reader.header();
    }
  }

  /**
   * What the file beside it says of the machine that it was recorded on.
   *
   * @throws TraceException where there is such a file and it cannot be read
   */
  public MachineFacts machine() {
    return MachineFile.beside(Path.of(file));
  }
}
