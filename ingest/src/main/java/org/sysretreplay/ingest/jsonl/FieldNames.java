package org.sysretreplay.ingest.jsonl;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.sysretreplay.ingest.trace.RejectReason;

/** The names of the fields of an object and of those within it, none of which has one twice. */
final class FieldNames {

  /** As much as a line may have, so that every object that can be a line can stand elsewhere. */
  private static final int MAX_CHARS = 1 << 20;

  /** Two quotes, a colon, a digit and a comma, which the shortest field has beside its name. */
  private static final int LEAST_BESIDE = 5;

  private final Deque<Set<String>> open = new ArrayDeque<>();
  private int chars;

  /** Begins an object, which has its own names. */
  void open() {
    open.push(new HashSet<>());
  }

  /** Ends the object that was begun last. */
  void close() {
    open.pop();
  }

  /**
   * Adds a name to the object that was begun last.
   *
   * @throws JsonFieldException if the object has it already, or all names are too long together
   */
  void add(String name) {
    if (!open.element().add(name)) {
      throw new JsonFieldException(
          RejectReason.MALFORMED_JSON, "the object has the field " + name + " twice");
    }
    chars += name.length() + LEAST_BESIDE;
    if (chars > MAX_CHARS) {
      throw new JsonFieldException(
          RejectReason.MALFORMED_JSON, "the names of the object's fields are longer than 1 MiB");
    }
  }
}
