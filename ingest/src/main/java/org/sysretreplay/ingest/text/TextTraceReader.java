package org.sysretreplay.ingest.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sysretreplay.ingest.flow.ParallelMapper;
import org.sysretreplay.ingest.flow.PullSource;
import org.sysretreplay.ingest.flow.TimedEntries;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.SteppingReader;
import org.sysretreplay.ingest.trace.TraceBytes;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.ingest.trace.TraceHeader;

/**
 * The base of readers of text formats. Other threads parse the lines of a large text; the thread
 * that asks for records only handles the parsed entries, in the order of the lines.
 */
public abstract class TextTraceReader extends SteppingReader {

  /** To read all comments of a large text would take a tenth of the time that its records take. */
  private static final long HEADER_BYTES = 1 << 26;

  /** Smaller files are parsed on demand by the reading thread: starting threads would cost more. */
  static final long LEAST_BYTES_AHEAD = 1 << 22;

  private final Supplier<LineParser> parsers;
  private final LineBlocks blocks;
  private final boolean large;
  private final TextFacts facts = new TextFacts();

  /** The parsed entries; null until the first record is asked for. */
  private PullSource<TimedEntries<TextEntry>> entries;

  /**
   * Opens the text, decompressing it where it is packed.
   *
   * @param parsers gives each thread a parser of its own, for the text of that name
   * @param blockBytes how many bytes are parsed at a time
   * @param leastBytesAhead from which size on all processors parse
   * @param part which lines of the text are read
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

  private PullSource<TimedEntries<TextEntry>> open() {
    int threads = ParallelMapper.freeProcessors();
    return large && threads > 0
        ? new ParallelMapper<>(source(), threads, blocks, () -> parsers.get()::parse)
        : new SequentialMapper<>(blocks, parsers.get()::parse);
  }

  @Override
  public final TraceHeader header() {
    return facts.header();
  }

  /**
   * The header by the comments of the first 64 MiB of the text, as far as they can be read. Records
   * are passed over, so that none can be read any more.
   */
  public final TraceHeader readHeader() {
    LineParser parser = parsers.get();
    long read = 0;
    try {
      for (LineBlock block = blocks.next();
          block != null && read < HEADER_BYTES;
          block = blocks.next()) {
        parser.parseComments(block).forEach(it -> it.addTo().accept(facts));
        read += block.length();
      }
    } catch (TraceException e) {
      // Who reads the records comes to the same place, and tells of it.
    }
    return header();
  }

  @Override
  public final long lost() {
    return facts.losses().total();
  }

  /** The facts about the trace in the lines that were read so far. */
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

  /** Handles the parsed entries of the next lines. */
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
