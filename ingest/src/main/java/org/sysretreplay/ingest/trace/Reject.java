package org.sysretreplay.ingest.trace;

import java.io.Serializable;

/**
 * One record that could not be taken. What it keeps of the record is bounded, and as it was
 * recorded: {@link Printable} shows it.
 *
 * @param detail what exactly is wrong here, without a full stop
 * @param excerpt the start of the raw record: text as it stands, bytes in hexadecimal
 */
public record Reject(Place place, RejectReason reason, String detail, String excerpt)
    implements Serializable {

  /** How much of a raw record is kept. */
  public static final int EXCERPT_LENGTH = 160;

  /** How long a detail can be: it may quote the record. */
  public static final int DETAIL_LENGTH = 400;

  public Reject {
    detail = Printable.wellFormed(Printable.start(detail, DETAIL_LENGTH));
    excerpt = Printable.wellFormed(Printable.start(excerpt, EXCERPT_LENGTH));
  }

  /** The place, what is wrong and the remedy, as one sentence. */
  public String sentence() {
    return Printable.line(place + ": " + detail + "; " + reason.remedy() + ".");
  }
}
