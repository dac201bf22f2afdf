package org.sysretreplay.ingest.text;

import java.util.ArrayList;
import java.util.List;
import org.sysretreplay.ingest.trace.Losses;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;

/**
 * Compares how many exits a text announces with how many it has. Only so does a text tell that it
 * was cut between two lines. Texts that stand one behind the other announce one by one.
 */
final class AnnouncedExits {

  /**
   * What is missing of an announcement.
   *
   * @param line the line that announces, from 1
   */
  record Missing(long line, String detail) {}

  private final List<Missing> missing = new ArrayList<>();
  private long line;
  private long announced;
  private long found;
  private boolean anyRejects;

  /** Begins with the next announcement, of that line; 0 announces nothing. */
  void announce(long line, long exits) {
    compare();
    this.line = line;
    announced = exits;
    found = 0;
    anyRejects = false;
  }

  /** Notes a record that stands behind the last announcement. */
  void take(TraceRecord record) {
    if (record instanceof Accepted exit) {
      found = Losses.sum(found, exit.frame().count());
    } else {
      anyRejects = true;
    }
  }

  /** Says of what was announced last how much is missing, if it is. */
  void compare() {
    if (found < announced) {
      missing.add(
          new Missing(
              line,
              "the text has %,d of the %,d exits that it announces; the rest is %smissing"
                  .formatted(found, announced, anyRejects ? "in rejected lines, or " : "")));
    }
  }

  /** Gives what was said, once. */
  List<Missing> takeMissing() {
    List<Missing> taken = List.copyOf(missing);
    missing.clear();
    return taken;
  }
}
