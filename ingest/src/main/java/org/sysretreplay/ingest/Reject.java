package org.sysretreplay.ingest;

import java.io.Serializable;

/**
 * One record that could not be taken.
 *
 * @param detail what exactly is wrong here, without a full stop
 * @param excerpt the start of the raw record: text as it stands, bytes in hexadecimal
 */
public record Reject(Place place, RejectReason reason, String detail, String excerpt)
    implements Serializable {

  /** How much of a raw record is kept. */
  public static final int EXCERPT_LENGTH = 160;

  public Reject {
    if (excerpt.length() > EXCERPT_LENGTH) {
      excerpt = excerpt.substring(0, EXCERPT_LENGTH - 3) + "...";
    }
  }

  /** The place, what is wrong and the remedy, as one sentence. */
  public String sentence() {
    return place + ": " + detail + "; " + reason.remedy() + ".";
  }
}
