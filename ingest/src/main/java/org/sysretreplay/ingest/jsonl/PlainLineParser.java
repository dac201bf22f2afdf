package org.sysretreplay.ingest.jsonl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.sysretreplay.ingest.jsonl.JsonFrame.Names;

/**
 * The fast parser for plain lines: one object, each field once, every value of the right kind. A
 * bit for each field shows whether a name stands twice; Jackson's own search for such names takes
 * at least a fifth of a line's time (benchmark {@code ingest/json-lines-names}).
 */
final class PlainLineParser {

  private final JsonFactory json =
      JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build();

  private final Names names;
  private final Set<String> unknown = new HashSet<>();

  PlainLineParser(Names names) {
    this.names = names;
  }

  /** The fields of the line; null if it is not plain and has to be parsed strictly. */
  JsonFrame read(byte[] line, int start, int end) {
    try (JsonParser parser = json.createParser(line, start, end - start)) {
      JsonFrame frame = object(parser);
      return frame != null && parser.nextToken() == null ? frame : null;
    } catch (IOException | JsonFieldException e) {
      // The strict parser says what is wrong.
      return null;
    }
  }

  private JsonFrame object(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return null;
    }
    JsonFrame frame = new JsonFrame(names);
    unknown.clear();
    int seen = 0;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      if (!value.isScalarValue() || value == JsonToken.VALUE_NULL) {
        return null;
      }
      int bit = frame.put(name, parser);
      if ((seen & bit) != 0 || bit == JsonFrame.UNKNOWN && !isPlain(name)) {
        return null;
      }
      seen |= bit;
    }
    return frame;
  }

  /** Whether an unknown field is there once and does not tell of counts. */
  private boolean isPlain(String name) {
    return !name.equals(CountsHeader.Fields.NAME) && unknown.add(name);
  }
}
