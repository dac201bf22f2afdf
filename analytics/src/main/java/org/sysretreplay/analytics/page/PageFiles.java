package org.sysretreplay.analytics.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.sysretreplay.analytics.JsonText;
import org.sysretreplay.ingest.trace.Printable;

/** The parts that pages are made of: files in this jar, and data for scripts. */
final class PageFiles {

  private static final ObjectMapper JSON = new ObjectMapper(JsonText.factory());

  private PageFiles() {}

  /** A template; values are escaped and made printable when they are filled in. */
  static Template template(String resource) {
    return Mustache.compiler()
        .emptyStringIsFalse(true)
        .withLoader(it -> new StringReader(text(it)))
        .withEscaper(raw -> Escapers.HTML.escape(Printable.line(raw)))
        .compile(text(resource));
  }

  /** The tree as JSON for a script element, escaped so that no name in it can close the element. */
  static String script(JsonNode tree) {
    try {
      return JSON.writeValueAsString(tree).replace("<", "\\u003c");
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  static String text(String resource) {
    try (InputStream in = PageFiles.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading our own jar", e);
    }
  }
}
