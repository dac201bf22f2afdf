package org.sysretreplay.ingest.trace;

import java.io.Serializable;

/**
 * One record that could not be taken. What it keeps of the record is bounded, and as it was
 * recorded: {@link Printable} shows it.
 *
 * @param detail what exactly is wrong here, without a full stop
 * @param excerpt the start of the raw record: text as it stands, bytes in hexadecimal
 * @param count how many records of one reason it stands for: 1, unless it is the first of those
 *     that are only counted
 */
public record Reject(Place place, RejectReason reason, String detail, String excerpt, long count)
    implements Serializable {

  /** How much of a raw record is kept. */
  public static final int EXCERPT_LENGTH = 160;

  /** How long a detail can be: it may quote the record. */
  public static final int DETAIL_LENGTH = 400;

  public Reject {
    if (count < 1) {
      throw new IllegalArgumentException("a reject of " + count + " records");
    }
    detail = Printable.wellFormed(Printable.start(detail, DETAIL_LENGTH));
    excerpt = Printable.wellFormed(Printable.start(excerpt, EXCERPT_LENGTH));
  }

  /** One record. */
  public Reject(Place place, RejectReason reason, String detail, String excerpt) {
    this(place, reason, detail, excerpt, 1);
  }

  /** The same, and so many records more. */
  Reject plus(long more) {
    return new Reject(place, reason, detail, excerpt, count + more);
  }

  /** The place, what is wrong and the remedy, as one sentence. */
  public String sentence() {
    return Printable.line(place + ": " + detail + "; " + reason.remedy() + ".");
  }
}
