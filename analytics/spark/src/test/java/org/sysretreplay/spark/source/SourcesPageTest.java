package org.sysretreplay.spark.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** SOURCES.md lists exactly the columns and options that there are. */
class SourcesPageTest {

  private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]+) \\| (both|`perf`) \\|");

  @Test
  void theOptionsAreThoseOfThePage() throws IOException {
    String page = Files.readString(Sessions.SAMPLES.resolveSibling("analytics/spark/SOURCES.md"));
    Set<String> onPage = new TreeSet<>();
    for (Matcher row = ROW.matcher(page); row.find(); ) {
      for (String key : row.group(1).replace("`", "").split(", ")) {
        onPage.add(key + " " + row.group(2));
      }
    }

    assertThat(onPage)
        .isEqualTo(
            Stream.of(SourceOption.values())
                .filter(it -> !Set.of(SourceOption.PATH, SourceOption.PATHS).contains(it))
                .map(it -> it.key() + (isOfStore(it) ? " both" : " `perf`"))
                .collect(Collectors.toCollection(TreeSet::new)));
    assertThat(page).contains(SourceTable.KEYS.split(", "));
  }

  private static boolean isOfStore(SourceOption option) {
    return SourceOption.of(SourceKind.STORE, option.key()).isPresent();
  }
}
