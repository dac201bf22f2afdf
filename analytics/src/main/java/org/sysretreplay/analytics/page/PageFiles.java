package org.sysretreplay.analytics.page;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.sysretreplay.ingest.trace.Printable;

/** The files in our jar that pages are made from. */
final class PageFiles {

  private PageFiles() {}

  /** A template, in which names are escaped and shown without what reaches for a screen. */
  static Template template(String resource) {
    return Mustache.compiler()
        .emptyStringIsFalse(true)
        .withEscaper(raw -> Escapers.HTML.escape(Printable.line(raw)))
        .compile(text(resource));
  }

  static String text(String resource) {
    try (InputStream in = PageFiles.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading our own jar", e);
    }
  }
}
