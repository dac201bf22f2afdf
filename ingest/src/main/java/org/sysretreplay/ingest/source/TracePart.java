package org.sysretreplay.ingest.source;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sysretreplay.ingest.jsonl.JsonLinesReader;
import org.sysretreplay.ingest.jsonl.JsonReaders;
import org.sysretreplay.ingest.parquet.ParquetTraceReader;
import org.sysretreplay.ingest.text.TextPart;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceBytes;
import org.sysretreplay.ingest.trace.TraceReader;

/**
 * The records of a trace file that begin in a range of its bytes. Only files of JSON lines and of
 * Parquet can be cut into parts, because their frames stand by themselves. The events of recordings
 * and their texts cannot: they are put into time order, and each depends on those before it.
 *
 * @param start of the range
 * @param end of the range, exclusive; {@link Long#MAX_VALUE} for the end of the file
 * @param linesBefore how many lines of a text begin before it; 0 if places do not matter
 * @param framesBefore how many frames begin before it; 0 if frame numbers do not matter
 */
public record TracePart(TraceInput input, long start, long end, long linesBefore, long framesBefore)
    implements Serializable {

  /** The whole file. */
  public static TracePart all(TraceInput input) {
    return new TracePart(input, 0, Long.MAX_VALUE, 0, 0);
  }

  /**
   * Cuts the file into parts of so many bytes, in their order; a single part if it cannot be cut.
   *
   * @throws org.sysretreplay.ingest.trace.TraceException if it cannot be read
   */
  public static List<TracePart> of(TraceInput input, long bytes) {
    Path path = Path.of(input.path());
    try {
      long size = Files.size(path);
      if (size <= bytes || !canBeCut(input, path)) {
        return List.of(all(input));
      }
      List<TracePart> parts = new ArrayList<>();
      for (long start = 0; start < size; start += bytes) {
        long end = size - start <= bytes ? Long.MAX_VALUE : start + bytes;
        parts.add(new TracePart(input, start, end, 0, 0));
      }
      return parts;
    } catch (IOException e) {
      throw TraceBytes.unreadable(input.file(), e);
    }
  }

  /** Whether the file can be cut, which compressed files cannot. */
  private static boolean canBeCut(TraceInput input, Path path) throws IOException {
    return switch (input.format()) {
      case JSONL ->
          isPlain(path) && JsonReaders.standsInLines(input.named()) && !input.beginsWithCounts();
      case PARQUET -> isPlain(path) && ParquetTraceReader.canBeCut(input.named());
      default -> false;
    };
  }

  private static boolean isPlain(Path path) throws IOException {
    return TraceBytes.packingOf(path) == TraceBytes.Packing.PLAIN;
  }

  /** Whether it is the whole file. */
  public boolean isAll() {
    return start == 0 && end == Long.MAX_VALUE;
  }

  /** The same part, behind so many lines and frames. */
  public TracePart behind(long lines, long frames) {
    return new TracePart(input, start, end, lines, frames);
  }

  /**
   * Opens the part with a reader that counts, and that makes sure at its end that the file is
   * unchanged, as the reader of a whole file does.
   *
   * @throws org.sysretreplay.ingest.trace.TraceException if its header cannot be read, or the file
   *     has changed
   */
  public CountingReader open(Reading reading) {
    return isAll() ? input.open(reading) : input.openUnchanged(() -> openPart(reading));
  }

  private TraceReader openPart(Reading reading) {
    return switch (input.format()) {
      case JSONL -> new JsonLinesReader(input.named(), reading, lines());
      case PARQUET -> new ParquetTraceReader(input.named(), reading, start, end, framesBefore);
      default -> throw new IllegalStateException(input.format() + " cannot be cut");
    };
  }

  private TextPart lines() {
    return new TextPart(start, end, linesBefore, framesBefore);
  }

  /**
   * How many lines begin in the part; 0 if the format has no lines.
   *
   * @throws org.sysretreplay.ingest.trace.TraceException if it cannot be read
   */
  public long countLines() {
    return input.format().hasMagic() ? 0 : lines().countLines(input.named());
  }

  /**
   * How many frames begin in the part.
   *
   * @throws org.sysretreplay.ingest.trace.TraceException if it cannot be read
   */
  public long countFrames(Reading reading) {
    try (CountingReader reader = open(reading)) {
      reader.forEachRemaining(it -> {});
      return reader.counts().accepted();
    }
  }
}
