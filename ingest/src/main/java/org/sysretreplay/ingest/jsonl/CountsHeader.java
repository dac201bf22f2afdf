package org.sysretreplay.ingest.jsonl;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.sysretreplay.ingest.text.HeaderFact;
import org.sysretreplay.ingest.text.TextFacts;
import org.sysretreplay.ingest.trace.RejectReason;

/**
 * The line that stands before exits which were counted in the kernel. It is no record.
 *
 * @param kernelRelease as {@code uname -r} prints it; empty where it is not known
 * @param recorder what counted, and its version
 * @param exits how many exits the lines behind it stand for together; 0 where it is not known
 * @param lost how many exits were seen and not counted
 */
public record CountsHeader(String kernelRelease, String recorder, long exits, long lost) {

  /** The start of the line, by which a text is known, without blanks. */
  private static final String START = "{\"schema\":\"sysret-replay/counts/";

  private static final String SCHEMA = "sysret-replay/counts/1";

  public CountsHeader {
    if (lost < 0 || exits < 0) {
      throw new IllegalArgumentException("%d exits, %d lost".formatted(exits, lost));
    }
  }

  /** The line, without its end. */
  public String text() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("schema", SCHEMA)
        .put("kernel_release", kernelRelease)
        .put("recorder", recorder)
        .put("exits", exits)
        .put("lost", lost)
        .toString();
  }

  /** Tells the facts of a trace what the line of that number says. */
  void addTo(TextFacts facts, long line) {
    facts.add(HeaderFact.KERNEL_RELEASE, kernelRelease);
    facts.losses().addRecords(lost);
    facts.announceExits(line, exits);
  }

  /** Whether a line begins as one does, whatever blanks its writer put between. */
  static boolean isOne(byte[] line, int start, int end) {
    int known = 0;
    for (int i = start; i < end && known < START.length(); i++) {
      if (line[i] == START.charAt(known)) {
        known++;
      } else if (line[i] != ' ' && line[i] != '\t') {
        return false;
      }
    }
    return known == START.length();
  }

  /** The same of a text. */
  static boolean isOne(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return isOne(bytes, 0, bytes.length);
  }

  /**
   * The fields of the line that a parser begins to read; null is a missing one.
   *
   * @throws JsonFieldException where one cannot be taken, or it is of another schema
   */
  static CountsHeader read(JsonParser parser) throws IOException {
    String schema = "";
    String kernelRelease = "";
    String recorder = "";
    long exits = 0;
    long lost = 0;
    FieldNames seen = new FieldNames();
    seen.open();
    parser.nextToken();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      seen.add(name);
      if (parser.nextToken() == JsonToken.VALUE_NULL) {
        continue;
      }
      switch (name) {
        case "schema" -> schema = JsonFrame.text(name, parser);
        case "kernel_release" -> kernelRelease = JsonFrame.text(name, parser);
        case "recorder" -> recorder = JsonFrame.text(name, parser);
        case "exits" -> exits = JsonFrame.exits(name, parser);
        case "lost" -> lost = JsonFrame.exits(name, parser);
        default -> JsonFrames.skip(parser, seen);
      }
    }
    if (parser.nextToken() != null) {
      throw new JsonFieldException(
          RejectReason.MALFORMED_JSON, "more than one JSON value stands on the line");
    }
    if (!schema.equals(SCHEMA)) {
      throw new JsonFieldException(
          RejectReason.FIELD_INVALID, "field schema is not " + SCHEMA + " (" + schema + ")");
    }
    return new CountsHeader(kernelRelease, recorder, exits, lost);
  }
}
