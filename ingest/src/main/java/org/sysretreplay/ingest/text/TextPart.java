package org.sysretreplay.ingest.text;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.TraceBytes;
import org.sysretreplay.ingest.trace.Utf8Bytes;

/**
 * The lines of a text that begin in a range of its bytes. With adjacent ranges, every line is in
 * exactly one.
 *
 * @param start of the range
 * @param end of the range, exclusive; {@link Long#MAX_VALUE} for the end of the file
 * @param linesBefore how many lines of the text begin before it
 * @param framesBefore how many of them are frames
 */
public record TextPart(long start, long end, long linesBefore, long framesBefore) {

  /** The whole text. */
  public static final TextPart ALL = new TextPart(0, Long.MAX_VALUE, 0, 0);

  private static final int BUFFER_BYTES = 1 << 16;

  /** How many bytes the part has at most. */
  long bytes(Path text) throws IOException {
    return Math.max(0, Math.min(Files.size(text), end) - start);
  }

  /** The part's lines in UTF-8. Only a whole text can be compressed or written in UTF-16. */
  InputStream open(NamedFile text) throws IOException {
    return start == 0 ? new Lines(Utf8Bytes.of(TraceBytes.open(text)), 0) : openBehind(text.path());
  }

  private InputStream openBehind(Path text) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(text), BUFFER_BYTES);
    try {
      // The line feed that ends the line before may stand right before the range.
      in.skipNBytes(start - 1);
      long at = start - 1;
      for (int next = 0; next >= 0 && next != '\n'; at++) {
        next = in.read();
      }
      return new Lines(in, at);
    } catch (java.io.EOFException e) {
      in.close();
      return InputStream.nullInputStream();
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /**
   * How many lines begin in it.
   *
   * @throws org.sysretreplay.ingest.trace.TraceException if the text cannot be read
   */
  public long countLines(NamedFile text) {
    try (InputStream in = open(text)) {
      byte[] bytes = new byte[BUFFER_BYTES];
      long lines = 0;
      int last = '\n';
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        lines += LineFeeds.count(bytes, 0, read);
        last = bytes[read - 1];
      }
      return lines + (last == '\n' ? 0 : 1);
    } catch (IOException e) {
      throw TraceBytes.unreadable(text.name(), e);
    }
  }

  /** Ends after the line in which the range ends. */
  private final class Lines extends InputStream {

    private final InputStream in;

    /** Where the next byte stands in the text. */
    private long at;

    private int last = '\n';

    Lines(InputStream in, long at) {
      this.in = in;
      this.at = at;
    }

    private boolean isAtEnd() {
      return at >= end && last == '\n';
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (isAtEnd()) {
        return -1;
      }
      // After the range only the rest of the line is wanted: byte by byte, up to its line feed.
      int wanted = at < end ? (int) Math.min(length, end - at) : Math.min(length, 1);
      int read = in.read(to, offset, wanted);
      if (read > 0) {
        at += read;
        last = to[offset + read - 1];
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
