package org.sysretreplay.ingest.jsonl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.sysretreplay.ingest.jsonl.JsonFrame.Names;

/**
 * Reads plain lines: one object, each field once, every value of its kind. One parser reads them
 * all, and the names are kept in a set of bits: a parser and a set of names for every line take as
 * long as the line itself.
 */
final class PlainLines {

  private final JsonFactory json =
      JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build();

  private final Names names;
  private final CurrentLine line = new CurrentLine();
  private final Rest rest = new Rest();
  private final Set<String> unknown = new HashSet<>();

  /** Null where none stands at the start of a line. */
  private JsonParser parser;

  PlainLines(Names names) {
    this.names = names;
  }

  /** The fields of the line; null where it is not plain, and has to be read by itself. */
  JsonFrame read(byte[] bytes, int start, int end) {
    line.set(bytes, start, end);
    try {
      if (parser == null) {
        parser = json.createParser(line);
      }
      JsonFrame frame = object();
      if (frame != null && isAllTaken()) {
        return frame;
      }
    } catch (IOException | JsonFieldException e) {
      // Whoever reads the line by itself says what is wrong.
    }
    parser = null;
    return null;
  }

  private boolean isAllTaken() throws IOException {
    rest.blank = true;
    parser.releaseBuffered(rest);
    return rest.blank && line.isTaken();
  }

  private JsonFrame object() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return null;
    }
    JsonFrame frame = new JsonFrame(names);
    if (!unknown.isEmpty()) {
      unknown.clear();
    }
    int seen = 0;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      if (!value.isScalarValue() || value == JsonToken.VALUE_NULL) {
        return null;
      }
      int bit = frame.put(name, parser);
      if ((seen & bit) != 0 || bit == JsonFrame.UNKNOWN && !unknown.add(name)) {
        return null;
      }
      seen |= bit;
    }
    return parser.currentToken() == JsonToken.END_OBJECT ? frame : null;
  }

  /** Looks at what stands behind the object. */
  private static final class Rest extends OutputStream {

    private boolean blank;

    @Override
    public void write(int one) {
      blank &= one == ' ';
    }
  }

  /** Gives the parser the current line, and no byte of the next one. */
  private static final class CurrentLine extends InputStream {

    /** The parser reads a name that ends so close to the end of its buffer byte by byte. */
    private static final byte[] BLANKS = " ".repeat(16).getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[0];
    private int at;
    private int end;

    void set(byte[] line, int from, int to) {
      bytes = line;
      at = from;
      end = to;
    }

    boolean isTaken() {
      return at == end;
    }

    @Override
    public int read() throws IOException {
      throw new IOException("the parser reads blocks");
    }

    @Override
    public int read(byte[] to, int from, int wanted) throws IOException {
      if (isTaken()) {
        throw new EOFException("the line ends within its object");
      }
      int count = Math.min(wanted, end - at);
      System.arraycopy(bytes, at, to, from, count);
      at += count;
      return isTaken() && wanted - count >= BLANKS.length
          ? count + blanks(to, from + count)
          : count;
    }

    private static int blanks(byte[] to, int from) {
      System.arraycopy(BLANKS, 0, to, from, BLANKS.length);
      return BLANKS.length;
    }
  }
}
