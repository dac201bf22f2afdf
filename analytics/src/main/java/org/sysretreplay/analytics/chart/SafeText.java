package org.sysretreplay.analytics.chart;

import org.sysretreplay.ingest.trace.Printable;

/** Names as a page may show them: what {@link Printable} lets through, as text and nothing else. */
final class SafeText {

  private SafeText() {}

  /** As text that no browser takes for anything else. */
  static String escaped(String text) {
    return Printable.line(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
