package org.sysretreplay.ingest.jsonl;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.trace.Reading;

/** Reads JSON objects as frames, wherever they stand. */
final class JsonFrames {

  private JsonFrames() {}

  /**
   * An object of either kind.
   *
   * @param counts tells whether it is no frame but a header
   */
  record JsonObject(JsonFrame frame, CountsHeader.Fields counts) {}

  /**
   * Reads the fields of the object at whose start the parser stands; it then stands at the object's
   * end.
   *
   * @throws JsonFieldException if a field cannot be read or stands twice, or all names are too long
   */
  static JsonObject object(JsonParser parser, JsonFrame.Names names) throws IOException {
    JsonFrame frame = new JsonFrame(names);
    CountsHeader.Fields counts = new CountsHeader.Fields();
    FieldNames seen = new FieldNames();
    seen.open();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      seen.add(name);
      JsonToken value = parser.nextToken();
      if (value != JsonToken.VALUE_NULL && frame.put(name, parser) == JsonFrame.UNKNOWN) {
        counts.put(name, parser);
        skip(parser, seen);
      }
    }
    return new JsonObject(frame, counts);
  }

  /** Skips the value that the parser stands on; in the objects within it no field stands twice. */
  static void skip(JsonParser parser, FieldNames seen) throws IOException {
    int depth = 0;
    do {
      switch (parser.currentToken()) {
        case START_OBJECT -> seen.open();
        case FIELD_NAME -> seen.add(parser.currentName());
        case END_OBJECT -> seen.close();
        default -> {
          // Only objects have names.
        }
      }
      depth += step(parser.currentToken());
    } while (depth > 0 && parser.nextToken() != null);
  }

  private static int step(JsonToken token) {
    return token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
  }

  /** The frame with the stage that the reading gives it. */
  static ExitFrame at(Reading reading, ExitFrame frame) {
    return switch (reading) {
      case ASSEMBLED -> frame;
      case AS_RECORDED -> frame.early();
    };
  }

  /** The parser's message, without the place within the line that it may add in brackets. */
  static String why(JsonProcessingException e) {
    return e.getOriginalMessage().replaceFirst(" \\(start marker at .*", "");
  }
}
