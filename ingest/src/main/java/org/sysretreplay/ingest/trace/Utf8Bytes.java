package org.sysretreplay.ingest.trace;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Converts a text to UTF-8. A byte order mark, which Windows puts before a text, tells its encoding
 * and is left out. A text without a mark is UTF-8.
 */
public final class Utf8Bytes {

  private static final int MARK_BYTES = 3;

  private Utf8Bytes() {}

  /** The text in UTF-8. */
  public static InputStream of(InputStream text) throws IOException {
    PushbackInputStream in = new PushbackInputStream(text, MARK_BYTES);
    byte[] mark = in.readNBytes(MARK_BYTES);
    if (begins(mark, 0xef, 0xbb, 0xbf)) {
      return in;
    }
    if (begins(mark, 0xff, 0xfe)) {
      return utf16(in, mark, StandardCharsets.UTF_16LE);
    }
    if (begins(mark, 0xfe, 0xff)) {
      return utf16(in, mark, StandardCharsets.UTF_16BE);
    }
    in.unread(mark);
    return in;
  }

  /** The same for a text in memory. */
  static byte[] of(byte[] text) {
    try (InputStream in = of(new ByteArrayInputStream(text))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  /** The text in UTF-8, with U+FFFD for what is none, as where a name was cut. */
  public static InputStream wellFormed(InputStream text) throws IOException {
    return new Decoded(of(text), StandardCharsets.UTF_8);
  }

  private static InputStream utf16(PushbackInputStream in, byte[] mark, Charset order)
      throws IOException {
    in.unread(mark, 2, mark.length - 2);
    return new Decoded(in, order);
  }

  private static boolean begins(byte[] bytes, int... with) {
    for (int i = 0; i < with.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != with[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Converts a text of some encoding. It hands on everything that was read before it reads more, so
   * that a damaged stream gives all that it can.
   */
  private static final class Decoded extends InputStream {

    private static final int READ_BYTES = 1 << 13;

    private final InputStream in;
    private final Charset charset;

    /** Bytes that were read and are no whole character yet. */
    private byte[] rest = new byte[0];

    private byte[] ready = new byte[0];
    private int next;

    Decoded(InputStream in, Charset charset) {
      this.in = in;
      this.charset = charset;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      while (next == ready.length) {
        if (!fill()) {
          return -1;
        }
      }
      int count = Math.min(length, ready.length - next);
      System.arraycopy(ready, next, to, offset, count);
      next += count;
      return count;
    }

    /** Reads more; false at the end. */
    private boolean fill() throws IOException {
      byte[] raw = Arrays.copyOf(rest, rest.length + READ_BYTES);
      int read = in.read(raw, rest.length, READ_BYTES);
      if (read < 0) {
        return fillWithRest();
      }
      int length = rest.length + read;
      int whole = wholeCharacters(raw, length);
      take(raw, whole);
      rest = Arrays.copyOfRange(raw, whole, length);
      return true;
    }

    /** Half a character at the end becomes a replacement character. */
    private boolean fillWithRest() {
      boolean any = rest.length > 0;
      take(rest, rest.length);
      rest = new byte[0];
      return any;
    }

    private void take(byte[] raw, int length) {
      ready = new String(raw, 0, length, charset).getBytes(StandardCharsets.UTF_8);
      next = 0;
    }

    /** How many bytes are whole characters. */
    private int wholeCharacters(byte[] raw, int length) {
      return charset == StandardCharsets.UTF_8 ? wholeUtf8(raw, length) : wholeUtf16(raw, length);
    }

    /** The first byte of a character, one of the last three here, tells how many follow. */
    private static int wholeUtf8(byte[] raw, int length) {
      for (int i = length - 1; i >= Math.max(0, length - 3); i--) {
        int ones = Integer.numberOfLeadingZeros(~(raw[i] << Integer.SIZE - Byte.SIZE));
        if (ones != 1) {
          return ones > length - i ? i : length;
        }
      }
      return length;
    }

    /** Two bytes are a character, and four are a surrogate pair. */
    private int wholeUtf16(byte[] raw, int length) {
      int even = length & ~1;
      if (even == 0) {
        return 0;
      }
      int high = raw[charset == StandardCharsets.UTF_16LE ? even - 1 : even - 2] & 0xff;
      return Character.isHighSurrogate((char) (high << Byte.SIZE)) ? even - 2 : even;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
