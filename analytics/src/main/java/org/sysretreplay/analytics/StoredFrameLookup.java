package org.sysretreplay.analytics;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.columnar.ParquetFiles;
import org.sysretreplay.ingest.frames.FrameBatch;
import org.sysretreplay.ingest.frames.FrameCodec;
import org.sysretreplay.ingest.frames.FrameColumn;
import org.sysretreplay.ingest.frames.FramePart;
import org.sysretreplay.ingest.frames.FrameRow;
import org.sysretreplay.ingest.frames.FrameScan;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;

/** Looks frames up in the part files of one trace in a store. */
final class StoredFrameLookup {

  private final List<FramePart> parts;
  private final Map<String, String> options;

  /**
   * @param options settings of the Hadoop file system that the files lie on
   */
  StoredFrameLookup(List<FramePart> parts, Map<String, String> options) {
    this.parts = parts;
    this.options = options;
  }

  /** Receives rows of a batch. */
  private interface RowVisitor {
    void see(FrameBatch batch, int row);
  }

  /**
   * The frames with these numbers, in ascending order; numbers that do not occur are left out.
   *
   * @throws TraceException where a file cannot be read
   */
  List<ExitFrame> read(Collection<Long> seqs, Reading reading) {
    Set<Long> wanted = new HashSet<>(seqs);
    List<ExitFrame> frames = new ArrayList<>();
    forEachRow(
        EnumSet.allOf(FrameColumn.class),
        (batch, row) -> {
          if (wanted.contains(seq(batch, row))) {
            frames.add(frame(batch.row(row), reading));
          }
        });
    frames.sort(Comparator.comparingLong(ExitFrame::seq));
    return frames;
  }

  private static ExitFrame frame(FrameRow row, Reading reading) {
    return switch (reading) {
      case ASSEMBLED -> FrameCodec.assembled(row);
      case AS_RECORDED -> FrameCodec.asRecorded(row);
    };
  }

  /** Receives every frame with the class that the store has for it. */
  interface FrameVisitor {
    void see(ExitFrame frame, long frameClass);
  }

  /**
   * Shows all frames as they were returned to, in the order of the files.
   *
   * @throws TraceException where a file cannot be read
   */
  void forEach(FrameVisitor visitor) {
    forEachRow(
        EnumSet.allOf(FrameColumn.class),
        (batch, row) ->
            visitor.see(
                FrameCodec.assembled(batch.row(row)),
                batch.number(FrameColumn.FRAME_CLASS, row).orElseThrow()));
  }

  /** The frame with this number, if there is one. */
  Optional<ExitFrame> read(long seq, Reading reading) {
    return read(List.of(seq), reading).stream().findFirst();
  }

  /**
   * The numbers of a thread's frames nearest to a frame.
   *
   * @param count how many to find before it, and how many after it
   */
  List<Long> nearest(long seq, long tid, int count) {
    PriorityQueue<Long> before = new PriorityQueue<>();
    PriorityQueue<Long> after = new PriorityQueue<>(Collections.reverseOrder());
    forEachRow(
        EnumSet.of(FrameColumn.SEQ, FrameColumn.TID),
        (batch, row) -> {
          long other = seq(batch, row);
          if (other != seq && batch.number(FrameColumn.TID, row).equals(OptionalLong.of(tid))) {
            keep(other, other < seq ? before : after, count);
          }
        });
    List<Long> nearest = new ArrayList<>(before);
    nearest.addAll(after);
    return nearest;
  }

  /** Adds the number, and drops the queue's head if that makes more than {@code count}. */
  private static void keep(long seq, PriorityQueue<Long> in, int count) {
    in.add(seq);
    if (in.size() > count) {
      in.remove();
    }
  }

  /** The greatest frame number plus one; 0 if there is no frame. */
  long end() {
    long[] end = {0};
    forEachRow(
        EnumSet.of(FrameColumn.SEQ),
        (batch, row) -> end[0] = Math.max(end[0], seq(batch, row) + 1));
    return end[0];
  }

  private static long seq(FrameBatch batch, int row) {
    return batch.number(FrameColumn.SEQ, row).orElseThrow();
  }

  private void forEachRow(Set<FrameColumn> columns, RowVisitor visitor) {
    try (ParquetFiles files = new ParquetFiles(options)) {
      for (FramePart part : parts) {
        forEachRow(files, part, columns, visitor);
      }
    }
  }

  private static void forEachRow(
      ParquetFiles files, FramePart part, Set<FrameColumn> columns, RowVisitor visitor) {
    try (FrameScan scan = new FrameScan(files, part, columns)) {
      while (scan.next()) {
        for (int row = 0; row < scan.size(); row++) {
          visitor.see(scan.batch(), row);
        }
      }
    } catch (IOException | RuntimeException e) {
      throw part.unreadable(e);
    }
  }
}
