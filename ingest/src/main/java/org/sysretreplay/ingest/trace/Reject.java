package org.sysretreplay.ingest.trace;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * One record that could not be taken. What it keeps of the record is bounded, and harmless to print
 * on a terminal: control characters are replaced by U+FFFD.
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

  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

  public Reject {
    detail = printable(detail, DETAIL_LENGTH);
    excerpt = printable(excerpt, EXCERPT_LENGTH);
  }

  private static String printable(String text, int length) {
    String cut = text.length() > length ? text.substring(0, length - 3) + "..." : text;
    return CONTROL.matcher(cut).replaceAll("\uFFFD");
  }

  /** The place, what is wrong and the remedy, as one sentence. */
  public String sentence() {
    return place + ": " + detail + "; " + reason.remedy() + ".";
  }
}
