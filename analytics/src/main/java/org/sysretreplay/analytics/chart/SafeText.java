package org.sysretreplay.analytics.chart;

import org.sysretreplay.ingest.trace.Printable;

/** Makes names safe for a page: printable by {@link Printable}, and escaped for HTML. */
final class SafeText {

  private SafeText() {}

  /** The text, escaped so that a browser takes no part of it for markup. */
  static String escaped(String text) {
    return Printable.line(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
