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
 * The records of a trace file that begin in a range of its bytes. Frames of JSON lines and of
 * Parquet stand by themselves, so that such files can be cut; the events of recordings, and of
 * texts of them, are put into time order, and what one comes to depends on those before it.
 *
 * @param start of the range
 * @param end of the range; {@link Long#MAX_VALUE} for all that is there when it is read
 * @param linesBefore how many lines of a text begin before it; 0 where nobody asks for places
 * @param framesBefore how many frames begin before it; 0 where nobody asks for their numbers
 */
public record TracePart(TraceInput input, long start, long end, long linesBefore, long framesBefore)
    implements Serializable {

  /** The whole file. */
  public static TracePart all(TraceInput input) {
    return new TracePart(input, 0, Long.MAX_VALUE, 0, 0);
  }

  /**
   * The file in parts of so many bytes, in their order; in one where it cannot be cut.
   *
   * @throws org.sysretreplay.ingest.trace.TraceException where it cannot be looked at
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

  /** What is packed is read from its start to its end. */
  private static boolean canBeCut(TraceInput input, Path path) throws IOException {
    return switch (input.format()) {
      case JSONL -> isPlain(path) && JsonReaders.standsInLines(input.named());
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

  /** The same behind so many lines and frames. */
  public TracePart behind(long lines, long frames) {
    return new TracePart(input, start, end, lines, frames);
  }

  /**
   * Opens it and counts what it gives.
   *
   * @throws org.sysretreplay.ingest.trace.TraceException where its header cannot be read
   */
  public CountingReader open(Reading reading) {
    return isAll()
        ? input.open(reading)
        : new CountingReader(openPart(reading), input.file(), input.bounds());
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
   * How many lines begin in it; 0 of what has none.
   *
   * @throws org.sysretreplay.ingest.trace.TraceException where it cannot be read
   */
  public long countLines() {
    return input.format().hasMagic() ? 0 : lines().countLines(input.named());
  }

  /**
   * How many frames begin in it.
   *
   * @throws org.sysretreplay.ingest.trace.TraceException where it cannot be read
   */
  public long countFrames(Reading reading) {
    try (CountingReader reader = open(reading)) {
      reader.forEachRemaining(it -> {});
      return reader.counts().accepted();
    }
  }
}
