package org.sysretreplay.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.analytics.cli.Cli;
import org.sysretreplay.analytics.cli.Terminal;

/**
 * The numbers that notebooks and notes show are those of {@code report}. The committed outputs are
 * compared; other tests prove that they are what cells show.
 */
class NumbersTest {

  private static final Path FOLDER = Path.of(System.getProperty("notebooks"));
  private static final String SAMPLES = System.getProperty("sample.traces");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Pattern TABLE = Pattern.compile("(?s)<table>(.*?)</table>");
  private static final Pattern ROW = Pattern.compile("<tr>(.*?)</tr>");
  private static final Pattern CELL = Pattern.compile("<t[hd][^>]*>(.*?)</t[hd]>");

  @ParameterizedTest
  @ValueSource(strings = {".ipynb", ".zpln"})
  void sharesOfEveryWorkload(String kind) throws IOException {
    Map<String, List<String>> expected = new TreeMap<>();
    for (JsonNode row : report("--model", "seed")) {
      long exits = row.path("exits").asLong();
      long sysret = row.path("sysret").asLong();
      expected.put(
          row.path("workload").asText(),
          List.of(count(exits), count(sysret), count(exits - sysret), rate(row, "sysret_share")));
    }
    assertThat(expected).hasSize(17);
    assertThat(byFirst(table("first-look" + kind, "workload", "exits"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {".ipynb", ".zpln"})
  void hitRatesOfEveryModel(String kind) throws IOException {
    Map<String, List<String>> expected = new TreeMap<>();
    for (JsonNode row :
        report("--model", "linux-3.19,seed,linux-4.1,linux-6.9", "--workload", "all samples")) {
      expected.put(
          row.path("model").asText(),
          List.of(
              count(row.path("exits").asLong()),
              count(row.path("checked").asLong()),
              rate(row, "hit_rate"),
              rate(row, "sysret_share")));
    }
    assertThat(expected).hasSize(4);
    assertThat(byFirst(table("first-look" + kind, "model", "exits"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {".ipynb", ".zpln"})
  void missesByReason(String kind) throws IOException {
    Map<String, List<String>> expected = new TreeMap<>();
    report("--model", "seed", "--workload", "all samples")
        .get(0)
        .path("any_miss")
        .properties()
        .forEach(it -> expected.put(it.getKey(), List.of(count(it.getValue().asLong()))));
    assertThat(expected).hasSizeGreaterThan(3);
    assertThat(byFirst(table("why-it-misses" + kind, "reason", "exits"))).isEqualTo(expected);
  }

  /** The numbers that first-look gives in words. */
  @Test
  void wordsOfTheProse() throws IOException {
    JsonNode all = report("--model", "seed", "--workload", "all samples").get(0);
    assertThat(all.path("sysret_share").asDouble()).as("half of them").isBetween(0.47, 0.53);
    double misses = all.path("exits").asLong() - all.path("sysret").asLong();
    assertThat((cause(all, "FAULT") + cause(all, "INTERRUPTED_CODE")) / misses)
        .as("two of three")
        .isBetween(0.63, 0.7);
    List<JsonNode> rows = new ArrayList<>();
    report("--model", "seed").forEach(rows::add);
    rows.sort(Comparator.comparing(it -> it.path("sysret_share").asDouble()));
    assertThat(rows.subList(0, 3))
        .extracting(it -> it.path("workload").asText())
        .containsExactly("compat32", "fork32", "rseq");
    JsonNode rseq = rows.get(2);
    assertThat(cause(rseq, "RSEQ_ABORT"))
        .as("most of what rseq misses")
        .isGreaterThan((rseq.path("exits").asLong() - rseq.path("sysret").asLong()) / 2);
    JsonNode later = report("--model", "linux-4.1", "--workload", "all samples").get(0);
    assertThat(cause(later, "SINGLE_STEP"))
        .as("mostly single steps")
        .isGreaterThan((all.path("sysret").asLong() - later.path("sysret").asLong()) / 2);
    JsonNode last = report("--model", "linux-6.9", "--workload", "all samples").get(0);
    assertThat(later.path("sysret_share").asDouble() - last.path("sysret_share").asDouble())
        .as("the last 0.2 points")
        .isBetween(0.0015, 0.0025);
    JsonNode steps =
        rows.stream()
            .filter(it -> it.path("workload").asText().equals("trap-flag"))
            .findFirst()
            .orElseThrow();
    assertThat(cause(steps, "SIGRETURN"))
        .as("mostly where the handlers return")
        .isGreaterThan((steps.path("exits").asLong() - steps.path("sysret").asLong()) / 2);
  }

  private static long cause(JsonNode row, String key) {
    return row.path("cause").path(key).asLong();
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String rate(JsonNode row, String key) {
    JsonNode rate = row.path(key);
    return rate.isNull() ? "" : String.format(Locale.ROOT, "%.4f", rate.asDouble());
  }

  private static JsonNode report(String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("report", SAMPLES, "--format", "json"));
    arguments.addAll(List.of(options));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        new Cli(new PrintWriter(out), new PrintWriter(err), new Terminal(false, false))
            .run(arguments.toArray(String[]::new));
    assertThat(exit).as(err.toString()).isZero();
    return JSON.readTree(out.toString()).path("rows");
  }

  /** The only table of a file whose head begins with these columns; it has a row for each line. */
  private static List<List<String>> table(String file, String... head) throws IOException {
    List<List<List<String>>> found = new ArrayList<>();
    for (String text : texts(JSON.readTree(FOLDER.resolve(file).toFile()))) {
      Matcher table = TABLE.matcher(text);
      while (table.find()) {
        List<List<String>> rows =
            all(ROW, table.group(1)).map(it -> all(CELL, it).toList()).toList();
        if (rows.get(0).subList(0, head.length).equals(List.of(head))) {
          found.add(rows.subList(1, rows.size()));
        }
      }
    }
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static Stream<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(it -> it.group(1));
  }

  /** Every text of outputs, which nbformat may cut into lines. */
  private static List<String> texts(JsonNode file) {
    List<String> texts = new ArrayList<>();
    file.findValues("text/html").forEach(it -> texts.add(Notebook.text(it)));
    file.findValues("data").stream()
        .filter(JsonNode::isTextual)
        .forEach(it -> texts.add(it.asText()));
    return texts;
  }

  private static Map<String, List<String>> byFirst(List<List<String>> rows) {
    Map<String, List<String>> byFirst = new TreeMap<>();
    rows.forEach(it -> byFirst.put(it.get(0), it.subList(1, it.size())));
    return byFirst;
  }
}
