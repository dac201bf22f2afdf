package org.sysretreplay.analytics.verdict;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.RejectSummary;
import org.sysretreplay.analytics.TraceReplay;
import org.sysretreplay.analytics.TraceSigns;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.MachineSign;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.frames.FrameBatch;
import org.sysretreplay.ingest.frames.FrameCodec;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.frames.FramePart;
import org.sysretreplay.ingest.frames.FrameRow;
import org.sysretreplay.ingest.frames.FrameScan;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.Rejected;

/**
 * Shows the frames of one piece as objects, in the order of their trace. In memory are only the
 * wanted frames of neighbouring row groups, and no more of them than are still to be shown.
 */
public final class PieceFrames {

  /** The most memory that this takes, in bytes, for files that this program wrote. */
  public static final long HEAP_BYTES = 1 << 29;

  /**
   * How many frames too many are kept before they are sorted and cut, so that this happens rarely.
   */
  private static final int SPARE = 1 << 12;

  private final Reading reading;
  private final Predicate<ExitFrame> wanted;
  private final long most;
  private final Visitor to;
  private final Set<MachineSign> signs = EnumSet.noneOf(MachineSign.class);
  private final List<ExitFrame> waiting = new ArrayList<>();
  private long shown;

  /**
   * @param wanted is asked once for every frame, in any order
   * @param most how many of the wanted frames to show; the first ones
   */
  public PieceFrames(Reading reading, Predicate<ExitFrame> wanted, long most, Visitor to) {
    this.reading = reading;
    this.wanted = wanted;
    this.most = most;
    this.to = to;
  }

  /** Receives the frames. */
  public interface Visitor {

    /** Sees the next frame. */
    void see(ExitFrame frame) throws IOException;
  }

  /**
   * Reads a whole piece.
   *
   * @param options settings of the Hadoop file system that a store lies on
   * @return what became of the records that were read
   * @throws TraceException if the piece cannot be read
   * @throws IOException what the visitor throws
   */
  public Intake read(Piece piece, Map<String, String> options) throws IOException {
    return piece instanceof Piece.File file
        ? read(file.trace())
        : read(((Piece.Stored) piece).rows(), options);
  }

  private Intake read(TraceInput trace) throws IOException {
    RejectSummary rejects = new RejectSummary();
    try (CountingReader reader = trace.open(reading)) {
      while (reader.hasNext()) {
        TraceRecord next = reader.next();
        if (next instanceof Accepted accepted) {
          if (isWanted(accepted.frame()) && shown < most) {
            show(accepted.frame());
          }
        } else if (next instanceof Rejected rejected) {
          rejects.plus(rejected.reject());
        }
      }
      return Intake.of(trace, reader.counts(), rejects)
          .with(TraceSigns.of(trace.traceId(), signs))
          .with(TraceReplay.sampled(reader, trace));
    }
  }

  private boolean isWanted(ExitFrame frame) {
    signs.addAll(MachineSign.of(frame, frame.assembly().stage()));
    return wanted.test(frame);
  }

  private void show(ExitFrame frame) throws IOException {
    shown++;
    to.see(frame);
  }

  private Intake read(FramePart part, Map<String, String> options) throws IOException {
    try (ParquetFiles files = new ParquetFiles(options);
        FrameScan scan = open(files, part)) {
      long last = Long.MIN_VALUE;
      while (isNext(scan, part)) {
        last = Math.max(last, take(scan, part));
        if (scan.isNextAfter(last)) {
          showWaiting();
        }
      }
      showWaiting();
    }
    return Intake.of(TraceSigns.of(part.trace(), signs));
  }

  private static FrameScan open(ParquetFiles files, FramePart part) {
    try {
      return new FrameScan(files, part, EnumSet.allOf(FrameColumn.class));
    } catch (IOException | RuntimeException e) {
      throw part.unreadable(e);
    }
  }

  private static boolean isNext(FrameScan scan, FramePart part) {
    try {
      return scan.next();
    } catch (IOException | RuntimeException e) {
      throw part.unreadable(e);
    }
  }

  /** Takes the scan's current rows, and returns the greatest of their frame numbers. */
  private long take(FrameScan scan, FramePart part) {
    long last = Long.MIN_VALUE;
    try {
      FrameBatch batch = scan.batch();
      for (int row = 0; row < scan.size(); row++) {
        ExitFrame frame = frame(batch.row(row));
        last = Math.max(last, frame.seq());
        if (frame.assembly().stage() != Stage.IN_KERNEL && isWanted(frame)) {
          waiting.add(frame);
        }
      }
    } catch (RuntimeException e) {
      throw part.unreadable(e);
    }
    if (waiting.size() - SPARE > most - shown) {
      cut();
    }
    return last;
  }

  private ExitFrame frame(FrameRow row) {
    return switch (reading) {
      case ASSEMBLED -> FrameCodec.assembled(row);
      case AS_RECORDED -> FrameCodec.asRecorded(row);
    };
  }

  /** Sorts the waiting frames and keeps only the first ones, as many as are still to be shown. */
  private void cut() {
    waiting.sort(Comparator.comparingLong(ExitFrame::seq));
    if (waiting.size() > most - shown) {
      waiting.subList((int) (most - shown), waiting.size()).clear();
    }
  }

  private void showWaiting() throws IOException {
    cut();
    for (ExitFrame frame : waiting) {
      show(frame);
    }
    waiting.clear();
  }
}
