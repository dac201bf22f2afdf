package org.sysretreplay.analytics;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.MachineSign;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.InKernel;

/**
 * A trace file to look up frames in. It is read once up to the frame, and once more for what its
 * thread did around the frame, so that memory stays bounded however long the file is; {@link
 * #signs} and {@link #extent} read it to its end.
 *
 * <p>All methods throw {@link org.sysretreplay.ingest.trace.TraceException} if the file cannot be
 * read.
 */
public record TraceFile(TraceInput input) implements FrameSource {

  @Override
  public String workload() {
    return input.workload();
  }

  @Override
  public String traceId() {
    return input.traceId();
  }

  @Override
  public RecordedOn recordedOn() {
    return recordedOn(input);
  }

  /**
   * What is known of a trace before its frames are read.
   *
   * @throws org.sysretreplay.ingest.trace.TraceException if the trace, or the machine file beside
   *     it, cannot be read
   */
  public static RecordedOn recordedOn(TraceInput input) {
    return new RecordedOn(input.header().kernelRelease(), input.machine());
  }

  @Override
  public Optional<FrameStory> find(long seq, Reading reading) {
    return frame(seq, reading).map(this::story);
  }

  private Optional<ExitFrame> frame(long seq, Reading reading) {
    try (CountingReader reader = input.open(reading)) {
      while (reader.hasNext()) {
        Optional<ExitFrame> frame = frame(reader.next()).filter(it -> it.seq() == seq);
        if (frame.isPresent()) {
          return frame;
        }
      }
      return Optional.empty();
    }
  }

  @Override
  public Set<MachineSign> signs(Reading reading) {
    Set<MachineSign> signs = EnumSet.noneOf(MachineSign.class);
    try (CountingReader reader = input.open(reading)) {
      while (reader.hasNext()) {
        if (reader.next() instanceof Accepted accepted) {
          ExitFrame frame = accepted.frame();
          signs.addAll(MachineSign.of(frame, frame.assembly().stage()));
        }
      }
    } catch (TraceException e) {
      // The frame itself could be read; damage further on is for a report to tell.
      return signs;
    }
    return signs;
  }

  private FrameStory story(ExitFrame frame) {
    ThreadWindow window = new ThreadWindow(frame);
    try (CountingReader reader = input.open(Reading.ASSEMBLED, window)) {
      while (!window.isComplete() && reader.hasNext()) {
        window.take(reader.next());
      }
      return new FrameStory(
          workload(),
          traceId(),
          frame,
          window.events(),
          reader.header().sampling(),
          window.framesOnly());
    }
  }

  @Override
  public Extent extent() {
    try (CountingReader reader = input.open(Reading.AS_RECORDED)) {
      reader.forEachRemaining(it -> {});
      return new Extent(reader.counts().accepted(), reader.counts().rejected());
    }
  }

  /** The frame in a record, if it has one. */
  static Optional<ExitFrame> frame(TraceRecord record) {
    if (record instanceof Accepted accepted) {
      return Optional.of(accepted.frame());
    }
    return record instanceof InKernel interrupt ? Optional.of(interrupt.frame()) : Optional.empty();
  }
}
