package org.sysretreplay.ingest.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sysretreplay.ingest.flow.InParallel;
import org.sysretreplay.ingest.flow.Pieces;
import org.sysretreplay.ingest.flow.TimedEntries;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.SteppingReader;
import org.sysretreplay.ingest.trace.TraceBytes;
import org.sysretreplay.ingest.trace.TraceHeader;

/**
 * What the readers of line-by-line formats share. The lines of a large text are taken apart by
 * threads of their own; only what is done with them runs on the thread of the user, in their order.
 */
public abstract class TextTraceReader extends SteppingReader {

  /** Of smaller files the lines are read as they are needed: threads would cost more. */
  static final long LEAST_BYTES_AHEAD = 1 << 22;

  private final Supplier<LineParser> parsers;
  private final LineBlocks blocks;
  private final boolean large;
  private final TextFacts facts = new TextFacts();

  /** What the lines hold, once the first was asked for. */
  private Pieces<TimedEntries<TextEntry>> entries;

  /**
   * Opens the text, decompressing it where it is packed.
   *
   * @param parsers gives each thread a parser of its own, for the text of that name
   * @param blockBytes how much one thread reads at a time
   * @param leastBytesAhead of how many bytes on all processors take lines apart
   * @param part which lines are read
   */
  TextTraceReader(
      NamedFile file,
      Function<String, LineParser> parsers,
      int blockBytes,
      long leastBytesAhead,
      TextPart part) {
    super(file.name());
    this.parsers = () -> parsers.apply(source());
    try {
      large = part.bytes(file.path()) >= leastBytesAhead;
      RecordBorders borders = this.parsers.get().borders();
      InputStream in = part.open(file);
      blocks = new LineBlocks(source(), in, blockBytes, borders, part.linesBefore());
    } catch (IOException e) {
      throw TraceBytes.unreadable(source(), e);
    }
  }

  private Pieces<TimedEntries<TextEntry>> open() {
    int threads = InParallel.freeProcessors();
    return large && threads > 0
        ? new InParallel<>(source(), threads, blocks, () -> parsers.get()::parse)
        : new InTurn<>(blocks, parsers.get()::parse);
  }

  @Override
  public final TraceHeader header() {
    return facts.header();
  }

  @Override
  public final long lost() {
    return facts.losses().total();
  }

  /** What the lines say of the trace, as far as they were read. */
  final TextFacts facts() {
    return facts;
  }

  @Override
  protected final boolean step() {
    if (entries == null) {
      entries = open();
    }
    TimedEntries<TextEntry> read = entries.next();
    if (read != null) {
      accept(read);
    }
    return read != null;
  }

  /** Takes what the next lines hold. */
  abstract void accept(TimedEntries<TextEntry> read);

  @Override
  public final void close() {
    if (entries == null) {
      blocks.close();
    } else {
      entries.close();
    }
  }
}
