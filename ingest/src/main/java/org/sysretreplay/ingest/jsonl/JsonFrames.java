package org.sysretreplay.ingest.jsonl;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.RejectReason;

/** Reads JSON objects as frames, wherever they stand. */
final class JsonFrames {

  private JsonFrames() {}

  /**
   * Reads the fields of the object at whose start the parser stands; it then stands at the object's
   * end.
   *
   * @throws JsonFieldException if a field cannot be read, or stands twice
   */
  static JsonFrame fields(JsonParser parser, JsonFrame.Names names) throws IOException {
    JsonFrame frame = new JsonFrame(names);
    int seen = 0;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      int bit = value == JsonToken.VALUE_NULL ? JsonFrame.UNKNOWN : frame.put(name, parser);
      if ((seen & bit) != 0) {
        throw new JsonFieldException(
            RejectReason.MALFORMED_JSON, "the object has the field " + name + " twice");
      }
      seen |= bit;
      if (bit == JsonFrame.UNKNOWN) {
        parser.skipChildren();
      }
    }
    return frame;
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
