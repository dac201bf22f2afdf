package org.sysretreplay.ingest.jsonl;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.RejectReason;

/** An object of JSON as a frame, wherever it stands. */
final class JsonFrames {

  private JsonFrames() {}

  /**
   * The fields of the object that the parser stands at the start of; at its end then.
   *
   * @throws JsonFieldException where one cannot be taken, or stands twice
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

  /** The frame, as sure as the reading makes it. */
  static ExitFrame at(Reading reading, ExitFrame frame) {
    return switch (reading) {
      case ASSEMBLED -> frame;
      case AS_RECORDED -> frame.early();
    };
  }

  /** What the parser says, without the place within the line that it may add in brackets. */
  static String why(JsonProcessingException e) {
    return e.getOriginalMessage().replaceFirst(" \\(start marker at .*", "");
  }
}
