package org.sysretreplay.ingest.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.sysretreplay.ingest.flow.PullSource;
import org.sysretreplay.ingest.trace.TraceBytes;
import org.sysretreplay.ingest.trace.TraceException;

/** Cuts a text into blocks of whole records, which have one line or several. */
final class LineBlocks implements PullSource<LineBlock> {

  /** About a thousand lines. */
  static final int BLOCK_BYTES = 1 << 18;

  /**
   * How much is kept of a line that is too long: enough that it is still too long without its line
   * end.
   */
  private static final int KEPT_BYTES = LineBlock.MAX_LINE_BYTES + 2;

  /** Reads are small, because a decompressor that meets damage loses all that it was asked for. */
  private static final int READ_BYTES = 1 << 13;

  /** A longer record is cut between two of its lines. */
  private static final int MAX_BLOCK_BYTES = 2 * LineBlock.MAX_LINE_BYTES;

  /**
   * A block has at most so many lines, however short: the objects made of a line take more memory
   * than the line.
   */
  private static final int MAX_LINES = 1 << 13;

  private final String source;
  private final InputStream in;
  private final int blockBytes;
  private final RecordBorders borders;
  private byte[] bytes;
  private int count;
  private long lines;
  private boolean ended;

  /** Whether the last block was handed on. */
  private boolean given;

  private IOException damage;

  /** Why the text cannot be read any further; null while it can. */
  private TraceException failure;

  /**
   * The lines of that text.
   *
   * @param source the file as the user named it
   * @param blockBytes how much to read at a time
   */
  LineBlocks(String source, InputStream in, int blockBytes, RecordBorders borders) {
    this(source, in, blockBytes, borders, 0);
  }

  /**
   * The lines of a part of that text.
   *
   * @param linesBefore how many lines of the text stand before it
   */
  LineBlocks(
      String source, InputStream in, int blockBytes, RecordBorders borders, long linesBefore) {
    this.source = source;
    lines = linesBefore;
    this.in = in;
    this.blockBytes = blockBytes;
    this.borders = borders;
    bytes = new byte[blockBytes];
  }

  /** Lines that were read before a failure are handed on first. */
  @Override
  public LineBlock next() {
    if (given) {
      return null;
    }
    if (failure != null && LineFeeds.last(bytes, 0, count) < 0) {
      throw failure;
    }
    fill();
    int whole = whole();
    while (whole == 0 && !ended && failure == null) {
      makeRoom();
      fill();
      whole = whole();
    }
    return cut(whole);
  }

  /** How many of the bytes are whole records, or, at the end and before a failure, whole lines. */
  private int whole() {
    if (ended && damage == null) {
      return count;
    }
    int lines = LineFeeds.last(bytes, 0, count) + 1;
    return ended || failure != null ? lines : border(lines, count == MAX_BLOCK_BYTES);
  }

  private int border(int lines, boolean orCut) {
    int border = lines == 0 ? 0 : borders.last(bytes, lines);
    return border == 0 && orCut ? lines : border;
  }

  private void fill() {
    try {
      while (count < bytes.length && !ended && failure == null) {
        int read = in.read(bytes, count, Math.min(READ_BYTES, bytes.length - count));
        ended = read < 0;
        count += Math.max(0, read);
      }
    } catch (IOException e) {
      if (TraceBytes.isDamage(e)) {
        damage = e;
        ended = true;
      } else {
        failure = TraceBytes.unreadable(source, e);
      }
    }
  }

  /**
   * Makes room for a line that is longer than a block. The rest of a line that is too long is
   * dropped.
   */
  private void makeRoom() {
    if (count == MAX_BLOCK_BYTES) {
      count = KEPT_BYTES;
    } else {
      bytes = Arrays.copyOf(bytes, Math.min(2 * count, MAX_BLOCK_BYTES));
    }
  }

  private LineBlock cut(int whole) {
    int feeds = LineFeeds.count(bytes, 0, whole);
    if (feeds > MAX_LINES) {
      int part = border(behindLine(MAX_LINES), true);
      return cut(part, LineFeeds.count(bytes, 0, part), null);
    }
    given = ended;
    return cut(whole, feeds, damage);
  }

  private int behindLine(int number) {
    int behind = 0;
    for (int i = 0; i < number; i++) {
      behind = LineFeeds.first(bytes, behind, count) + 1;
    }
    return behind;
  }

  private LineBlock cut(int whole, int feeds, IOException behind) {
    LineBlock block = new LineBlock(bytes, whole, lines, given, behind);
    lines += feeds;
    byte[] rest = new byte[Math.max(blockBytes, count - whole)];
    System.arraycopy(bytes, whole, rest, 0, count - whole);
    count -= whole;
    bytes = rest;
    return block;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw TraceBytes.unreadable(source, e);
    }
  }
}
