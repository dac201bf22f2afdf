package org.sysretreplay.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of libraries is that of the pom. */
class LibrariesTest {

  private static final Path HOME = Path.of(System.getProperty("sample.traces")).resolveSibling("");

  private static Map<String, String> all(Path file, String pattern) throws IOException {
    Map<String, String> versions = new TreeMap<>();
    Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(file));
    while (matcher.find()) {
      // Profiles, which stand further down, take other versions.
      versions.putIfAbsent(matcher.group(1), matcher.group(2));
    }
    return versions;
  }

  @Test
  void everyVersionOfThePomHasItsRow() throws IOException {
    Map<String, String> inPom =
        all(HOME.resolve("pom.xml"), "<([a-z0-9-]+)\\.version>([^<]+)</\\1\\.version>");
    Map<String, String> told =
        all(
            HOME.resolve("CONTRIBUTING.md"),
            "(?m)^\\| ([a-z0-9-]+) \\| ([0-9][0-9.-]*) \\| [A-Z0-9]");
    assertThat(told).isEqualTo(inPom).hasSizeGreaterThan(15);
  }
}
