package org.sysretreplay.ingest.jsonl;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.regex.Pattern;
import org.sysretreplay.ingest.text.HeaderFact;
import org.sysretreplay.ingest.text.TextFacts;
import org.sysretreplay.ingest.trace.RejectReason;

/**
 * The object that stands before exits which were counted in the kernel. It is no record.
 *
 * @param kernelRelease as {@code uname -r} prints it; empty where it is not known
 * @param recorder what counted, and its version
 * @param exits how many exits the lines behind it stand for together; 0 where it is not known
 * @param lost how many exits were seen and not counted
 */
public record CountsHeader(String kernelRelease, String recorder, long exits, long lost) {

  /** The field by which an object is known, wherever it stands. */
  private static final Pattern KNOWN_BY =
      Pattern.compile("\"schema\"\\s*:\\s*\"sysret-replay\\\\?/counts\\\\?/");

  private static final String SCHEMAS = "sysret-replay/counts/";

  private static final String SCHEMA = SCHEMAS + "1";

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

  /** Tells the facts of a trace what the object in the line of that number says. */
  void addTo(TextFacts facts, long line) {
    facts.add(HeaderFact.KERNEL_RELEASE, kernelRelease);
    facts.losses().addRecords(lost);
    facts.announceExits(line, exits);
  }

  /** Whether a text, which may be cut off, is an object that says so of itself. */
  static boolean isOne(String text) {
    return text.stripLeading().startsWith("{") && isIn(text);
  }

  /** Whether some object of a text says so. */
  static boolean isIn(String text) {
    return KNOWN_BY.matcher(text).find();
  }

  /**
   * Collects the fields of an object that may be one. What is wrong with them counts only if the
   * object says that it is one; null is a missing field.
   */
  static final class Fields {

    /** The name of the field by which an object is known. */
    static final String NAME = "schema";

    private String schema = "";
    private String kernelRelease = "";
    private String recorder = "";
    private long exits;
    private long lost;
    private JsonFieldException fault;

    /** Takes the field whose value the parser stands on; other fields are ignored. */
    void put(String name, JsonParser value) throws IOException {
      try {
        switch (name) {
          case NAME -> schema = JsonFrame.text(name, value);
          case "kernel_release" -> kernelRelease = JsonFrame.text(name, value);
          case "recorder" -> recorder = JsonFrame.text(name, value);
          case "exits" -> exits = JsonFrame.exits(name, value);
          case "lost" -> lost = JsonFrame.exits(name, value);
          default -> {
            // Unknown fields are passed over.
          }
        }
      } catch (JsonFieldException e) {
        fault = fault == null ? e : fault;
      }
    }

    /** Whether the object says that counts follow. */
    boolean areOfCounts() {
      return schema.startsWith(SCHEMAS);
    }

    /**
     * The header.
     *
     * @throws JsonFieldException where a field cannot be taken, or it is of another schema
     */
    CountsHeader header() {
      if (fault != null) {
        throw fault;
      }
      if (!schema.equals(SCHEMA)) {
        throw new JsonFieldException(
            RejectReason.FIELD_INVALID, "field schema is not " + SCHEMA + " (" + schema + ")");
      }
      return new CountsHeader(kernelRelease, recorder, exits, lost);
    }
  }
}
