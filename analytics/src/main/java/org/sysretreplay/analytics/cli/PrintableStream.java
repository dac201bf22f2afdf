package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Standard error for libraries and the JVM, which do not use {@link Messages}: decodes their bytes
 * as UTF-8 and writes them as text.
 */
final class PrintableStream extends OutputStream {

  private static final int CHUNK_BYTES = 1 << 12;

  private final PrintWriter to;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);

  /** Bytes that are not decoded yet; between calls at most the start of one character. */
  private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK_BYTES);

  private final CharBuffer text = CharBuffer.allocate(CHUNK_BYTES);

  PrintableStream(PrintWriter to) {
    this.to = to;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] from, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      int count = Math.min(length - done, bytes.remaining());
      bytes.put(from, offset + done, count);
      done += count;
      decode();
    }
  }

  private void decode() {
    bytes.flip();
    decoder.decode(bytes, text, false);
    bytes.compact();
    text.flip();
    to.append(text);
    text.clear();
  }

  @Override
  public synchronized void flush() {
    to.flush();
  }
}
