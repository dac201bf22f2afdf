package org.sysretreplay.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The files and tests that {@code TRUST.md} names exist. Its figures are compared by the tests that
 * print them.
 */
class TrustTest {

  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*Test)`");

  private static Set<String> tests() throws IOException {
    try (Stream<Path> files = Files.walk(Trust.root())) {
      return files
          .filter(it -> it.toString().contains("/src/test/java/"))
          .map(it -> it.getFileName().toString())
          .filter(it -> it.endsWith("Test.java"))
          .map(it -> it.replace(".java", ""))
          .collect(Collectors.toSet());
    }
  }

  @Test
  void everyTestThatItNamesIsThere() throws IOException {
    Set<String> named = new TreeSet<>();
    Matcher matcher = TEST.matcher(Trust.document());
    while (matcher.find()) {
      named.add(matcher.group(1));
    }
    assertThat(named).hasSizeGreaterThan(10);
    assertThat(tests()).containsAll(named);
  }
}
