package org.sysretreplay.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares the figures that tests print with those in {@code TRUST.md}. */
public final class Trust {

  private static final Path ROOT = Path.of(System.getProperty("sample.traces")).getParent();

  private Trust() {}

  /** Whether tests that take hours may run. */
  public static boolean isLong() {
    return Boolean.getBoolean("tests.long");
  }

  /** The root of the repository. */
  static Path root() {
    return ROOT;
  }

  /** The document, with each run of white space as one blank. */
  static String document() {
    try {
      return Files.readString(ROOT.resolve("ingest/TRUST.md")).replaceAll("\\s+", " ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Prints a figure that is the same in every run, and makes sure that the document has it. */
  public static void figure(String sentence, Object... values) {
    String figure = sentence.formatted(values);
    System.out.println(figure);
    if (!isLong()) {
      assertThat(document()).contains(figure);
    }
  }

  /** Prints a figure that depends on time, or on names of folders. */
  public static void observed(String sentence, Object... values) {
    System.out.printf(sentence + "%n", values);
  }
}
