package org.sysretreplay.ingest.trace;

import java.io.Serializable;

/**
 * A record that could not be read as a frame. Detail and excerpt have a bounded length and may hold
 * any characters: show them by {@link Printable}.
 *
 * @param detail what exactly is wrong here, without a full stop
 * @param excerpt the start of the raw record: text as it stands, bytes in hexadecimal
 * @param count how many records it stands for: 1, unless it is the one that counts the further
 *     rejects of its reason
 */
public record Reject(Place place, RejectReason reason, String detail, String excerpt, long count)
    implements Serializable {

  /** The longest excerpt, in characters. */
  public static final int EXCERPT_LENGTH = 160;

  /** The longest detail, in characters: it may quote the record. */
  public static final int DETAIL_LENGTH = 400;

  public Reject {
    if (count < 1) {
      throw new IllegalArgumentException("a reject of " + count + " records");
    }
    detail = Printable.wellFormed(Printable.start(detail, DETAIL_LENGTH));
    excerpt = Printable.wellFormed(Printable.start(excerpt, EXCERPT_LENGTH));
  }

  /** The reject of one record. */
  public Reject(Place place, RejectReason reason, String detail, String excerpt) {
    this(place, reason, detail, excerpt, 1);
  }

  /** The same reject, standing for so many records more. */
  Reject plus(long more) {
    return new Reject(place, reason, detail, excerpt, count + more);
  }

  /** The place, what is wrong and the remedy, as one sentence. */
  public String sentence() {
    return Printable.line(place + ": " + detail + "; " + reason.remedy() + ".");
  }
}
