package org.sysretreplay.analytics.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.sysretreplay.analytics.Ratio;
import org.sysretreplay.analytics.SampleTraces;
import org.sysretreplay.analytics.cli.CliRunner;

/** The page of a report in a real browser shows what the JSON of the same report says. */
class HtmlPageTest extends InBrowser {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int NAME = 0;
  private static final int EXITS = 1;
  private static final int SHARE = 2;
  private static final int RATE = 3;
  private static final int MISSES = 5;

  /**
   * Names that would run as a script, or read as another name, if a browser took them for markup.
   */
  private static final List<String> HOSTILE =
      List.of(
          "<script>alert(1)</script>",
          "\"><img src=x onerror=alert(2)>",
          "</script><script>alert(3)</script>",
          "{{data}} {{{data}}} ${x}",
          "\u202egnp.exe",
          "line\nfeed",
          "'; --model all #");

  private static final int MANY = 500;
  private static final int LARGEST = 1_500_000;

  private static Path page(Object... arguments) {
    return page("report", arguments);
  }

  /** The rows of the report as JSON. */
  private static List<JsonNode> json(Object... arguments) throws IOException {
    CliRunner.Result made = run(Stream.of("report", "--quiet", "--format", "json"), arguments);
    List<JsonNode> rows = new ArrayList<>();
    JSON.readTree(made.out()).get("rows").forEach(rows::add);
    return rows;
  }

  private static Object[] samples() throws IOException {
    return SampleTraces.folders().stream().map(it -> it.resolve("perf.data")).toArray();
  }

  /** The expected cells of a row. */
  private static List<String> cells(String label, JsonNode row) {
    long hits = row.get("sysret").asLong() + row.get("fast_sysret").asLong();
    return List.of(
        label,
        number(row.get("exits").asLong()),
        new Ratio(hits, row.get("exits").asLong()).percent(),
        new Ratio(row.get("sysret").asLong(), row.get("checked").asLong()).percent(),
        number(row.get("iret_miss").asLong()));
  }

  private static List<String> shown(List<String> row) {
    // Below the share is its interval, and behind the name a mark if it is odd.
    return List.of(
        row.get(NAME),
        row.get(EXITS),
        row.get(SHARE).lines().findFirst().orElseThrow(),
        row.get(RATE),
        row.get(MISSES));
  }

  private static List<List<String>> shownWorkloads() {
    return browser.rows(WORKLOADS).stream().map(HtmlPageTest::shown).toList();
  }

  private static List<List<String>> expected(List<JsonNode> rows, String model) {
    return rows.stream()
        .filter(row -> row.get("model").asText().equals(model))
        .sorted(
            Comparator.comparing((JsonNode row) -> -row.get("iret_miss").asLong())
                .thenComparing(row -> row.get("workload").asText()))
        .map(row -> cells(row.get("workload").asText(), row))
        .toList();
  }

  @Test
  void everyWorkloadIsThereUnderEachModel() throws IOException {
    browser.open(page(both(samples(), "--model", "seed,linux-6.9")));
    List<JsonNode> rows = json(both(samples(), "--model", "seed,linux-6.9"));
    assertThat(shownWorkloads()).isEqualTo(expected(rows, "seed")).hasSizeGreaterThan(15);
    judgedBy("linux-6.9");
    assertThat(shownWorkloads()).isEqualTo(expected(rows, "linux-6.9"));
    judgedBy("seed");
    assertThat(shownWorkloads()).isEqualTo(expected(rows, "seed"));
  }

  private static void judgedBy(String model) {
    browser
        .driver()
        .findElement(By.xpath("//select[@id='model']/option[.='%s']".formatted(model)))
        .click();
  }

  private static Object[] both(Object[] first, Object... second) {
    return Stream.concat(Stream.of(first), Stream.of(second)).toArray();
  }

  @Test
  void eachTraceIsJudgedByItsOwnKernelWhereThatIsAsked() throws IOException {
    browser.open(page(both(samples(), "--model", "auto")));
    List<JsonNode> rows = json(both(samples(), "--model", "auto"));
    assertThat(rows.stream().map(it -> it.get("model")).distinct()).hasSize(1);
    assertThat(shownWorkloads()).isEqualTo(expected(rows, rows.get(0).get("model").asText()));
  }

  @Test
  void aWorkloadShowsEveryModelAndEveryGroup() throws IOException {
    Path trace = SampleTraces.ROOT.resolve("shell").resolve("perf.data");
    browser.open(page(trace));
    assertThat(rowsOf("models", 5)).isEqualTo(ofColumn(json(trace, "--model", "all"), "model"));
    assertThat(rowsOf("entry", 5)).isEqualTo(byMisses(json(trace, "--by", "entry"), "entry"));
    assertThat(rowsOf("cpu", 5)).isEqualTo(byMisses(json(trace, "--by", "cpu"), "cpu"));
    JsonNode whole = json(trace).get(0);
    assertThat(counts("first failing check")).isEqualTo(counts(whole.get("first_miss")));
    assertThat(counts("cause")).isEqualTo(counts(whole.get("cause")));
    // A last row sums up the groups that have no row of their own.
    long exits =
        rowsOf("entry and syscall", 5).stream().mapToLong(it -> parsed(it.get(EXITS))).sum();
    assertThat(exits).isEqualTo(whole.get("exits").asLong());
  }

  @Test
  void theSitesOfMissesAreThoseOfTheReport() throws IOException {
    Path trace = SampleTraces.ROOT.resolve("compiler").resolve("perf.data");
    browser.open(page(trace));
    JsonNode sites =
        JSON.readTree(
                CliRunner.run("report", "--quiet", "--format", "json", "--sites", "10", trace)
                    .out())
            .at("/sites");
    List<String> misses = new ArrayList<>();
    sites.findParents("misses").stream()
        .filter(it -> it.has("cause") || it.has("address") || it.has("offset"))
        .forEach(it -> misses.add(number(it.get("misses").asLong())));
    assertThat(browser.rows("[data-table='sites']").stream().map(row -> row.get(0)))
        .hasSize(10)
        .isEqualTo(misses);
  }

  @Test
  void whatTellsNoPlacesTakesNothingElseAway() throws IOException {
    Path store = folder.resolve("store-of-damaged-maps");
    Path trace = SampleTraces.ROOT.resolve("compiler").resolve("perf.data");
    assertThat(CliRunner.run("ingest", "--quiet", trace, "--into", store).exit()).isZero();
    try (Stream<Path> files = Files.walk(store.resolve("maps"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.writeString(file, "no table");
      }
    }
    Path page = folder.resolve("page.html");

    CliRunner.Result run = CliRunner.run("report", store, "--format", "html", "-o", page);

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("/maps/");
    browser.open(page);
    assertThat(shownWorkloads()).isEqualTo(expected(json(store), "seed"));
    assertThat(browser.driver().findElement(By.className("warning")).getText())
        .startsWith("The places that misses return to are left out");
  }

  private static List<List<String>> rowsOf(String table, int cells) {
    return browser.rows("[data-table='%s']".formatted(table)).stream()
        .map(row -> row.subList(0, cells))
        .map(row -> Stream.concat(row.get(0).lines().limit(1), row.stream().skip(1)).toList())
        .toList();
  }

  private static List<List<String>> ofColumn(List<JsonNode> rows, String column) {
    return rows.stream().map(row -> cells(row.get(column).asText(), row)).toList();
  }

  private static List<List<String>> byMisses(List<JsonNode> rows, String column) {
    return ofColumn(
        rows.stream()
            .sorted(Comparator.comparing((JsonNode row) -> -row.get("iret_miss").asLong()))
            .toList(),
        column);
  }

  private static Map<String, Long> counts(String table) {
    Map<String, Long> counts = new TreeMap<>();
    browser
        .rows("[data-table='%s']".formatted(table))
        .forEach(row -> counts.put(row.get(0), parsed(row.get(1))));
    return counts;
  }

  private static Map<String, Long> counts(JsonNode node) {
    Map<String, Long> counts = new TreeMap<>();
    node.properties().forEach(it -> counts.put(it.getKey(), it.getValue().asLong()));
    return counts;
  }

  @Test
  void theLineOverTimeCountsEveryExit() throws IOException {
    Path trace = SampleTraces.ROOT.resolve("database").resolve("perf.data");
    browser.open(page(trace));
    openAll();
    List<List<String>> windows = browser.rows("[data-table='time']");
    assertThat(windows).hasSizeBetween(3, 101);
    assertThat(windows.stream().mapToLong(it -> parsed(it.get(1))).sum())
        .isEqualTo(json(trace).get(0).get("exits").asLong());
    assertThat(browser.driver().findElements(By.cssSelector(".plot canvas"))).hasSize(1);
  }

  /** That the machine is a Xen PV guest is no frame's own cause, and frames are asked otherwise. */
  @Test
  void theCommandsOfThePageListFramesOfEachCause() throws IOException {
    Path trace =
        Files.writeString(
            folder.resolve("guest.jsonl"),
            """
            {"entry":"syscall","rip":"0x401000","rcx":"0x401000","r11":"0x246","rflags":"0x246","cs":"0x33","ss":"0x2b"}
            {"entry":"syscall","rip":"0x401000","rcx":"0x401000","r11":"0x346","rflags":"0x346","cs":"0x33","ss":"0x2b"}
            """);
    browser.open(page(trace, "--xen-pv", "--model", "linux-5.12"));
    openAll();
    List<String> commands =
        browser.driver().findElements(By.cssSelector("pre code")).stream()
            .map(WebElement::getText)
            .filter(it -> it.startsWith("sysret-replay frames"))
            .toList();
    assertThat(commands)
        .hasSize(2)
        .anyMatch(it -> it.contains(" --reason xen_pv_guest "))
        .anyMatch(it -> it.contains(" --cause "));
    for (String command : commands) {
      CliRunner.Result listed = CliRunner.run(Stream.of(command.split(" ")).skip(1).toArray());
      assertThat(listed.err()).isEmpty();
      assertThat(listed.out()).contains("guest.jsonl-");
    }
  }

  @Test
  void exitsThatWereCountedTogetherHaveNoTime() throws IOException {
    Path trace =
        Files.writeString(
            folder.resolve("counted.jsonl"),
            """
            {"rip":"0x401000","rcx":"0x401000","r11":"0x246","rflags":"0x246","cs":"0x33","ss":"0x2b","count":7,"ts_ns":5}
            {"rip":"0x401000","rcx":"0x1","r11":"0x246","rflags":"0x246","cs":"0x33","ss":"0x2b","count":3,"ts_ns":5000000}
            """);
    browser.open(page(trace));
    assertThat(shownWorkloads()).containsExactly(List.of("counted", "10", "70.0 %", "70.0 %", "3"));
    assertThat(browser.driver().findElements(By.cssSelector("[data-table='time']"))).isEmpty();
  }

  @Test
  void aTableIsSortedAndSearched() throws IOException {
    browser.open(page(samples()));
    List<JsonNode> rows = json(samples());
    List<String> byName = rows.stream().map(it -> it.get("workload").asText()).sorted().toList();
    sort("name");
    assertThat(names()).isEqualTo(byName);
    sort("exits");
    assertThat(shownWorkloads().stream().map(it -> parsed(it.get(EXITS))))
        .isSortedAccordingTo(Comparator.reverseOrder());
    sort("exits");
    assertThat(shownWorkloads().stream().map(it -> parsed(it.get(EXITS)))).isSorted();
    search("signal_delivery");
    assertThat(names())
        .containsExactlyInAnyOrderElementsOf(
            rows.stream()
                .filter(it -> it.get("cause").has("SIGNAL_DELIVERY"))
                .map(it -> it.get("workload").asText())
                .toList());
    search("no such thing");
    assertThat(names()).isEmpty();
    assertThat(browser.driver().findElement(By.id("found")).getText())
        .isEqualTo("0 of %d workloads".formatted(rows.size()));
  }

  private static List<String> names() {
    return shownWorkloads().stream().map(it -> it.get(NAME)).toList();
  }

  private static void sort(String column) {
    browser.driver().findElement(By.cssSelector("[data-sort=%s]".formatted(column))).click();
  }

  private static void search(String text) {
    var field = browser.driver().findElement(By.id("search"));
    field.clear();
    field.sendKeys(text);
  }

  @Test
  void namesAreDataAndNothingElse() throws IOException {
    Path traces = Files.createDirectory(folder.resolve("hostile"));
    Map<String, Path> made = new LinkedHashMap<>();
    for (String name : HOSTILE) {
      String comm =
          JSON.writeValueAsString(name.replace("<", "<\u0000")).replace("\\u0000", "\\ud800");
      made.put(
          name,
          Files.writeString(
              traces.resolve("t" + made.size() + ".jsonl"),
              """
              {"comm":%s,"tid":3,"rip":"0x401000","rcx":"0x7","r11":"0x246","rflags":"0x246","cs":"0x33","ss":"0x2b"}
              """
                  .formatted(comm)));
    }
    Path store = folder.resolve("hostile-store");
    made.forEach(
        (name, file) ->
            assertThat(
                    CliRunner.run("ingest", "--quiet", file, "--into", store, "--workload", name)
                        .exit())
                .isZero());
    browser.open(page(store));
    assertThat(shownWorkloads()).hasSize(HOSTILE.size());
    assertThat(names()).contains(HOSTILE.get(0), HOSTILE.get(1), HOSTILE.get(2), HOSTILE.get(3));
    openAll();
    assertThat(browser.run("return document.querySelectorAll('img, iframe, object').length"))
        .isEqualTo(0L);
    assertThat(browser.run("return document.scripts.length")).isEqualTo(3L);
    assertThat(browser.run("return document.body.innerText").toString())
        .contains("SYSRET")
        .doesNotContain("\u202e");
  }

  @Test
  void fiveHundredWorkloadsFitAndShowAtOnce() throws IOException {
    Path traces = Files.createDirectory(folder.resolve("many"));
    Random random = new Random(14);
    for (int i = 0; i < MANY; i++) {
      Files.writeString(traces.resolve("host-%03d.jsonl".formatted(i)), host(random));
    }
    Path page = page(traces);
    assertThat(Files.size(page)).isLessThan(LARGEST);
    browser.open(page);
    Number paint =
        (Number)
            browser.run(
                "return performance.getEntriesByName('first-contentful-paint')[0].startTime");
    assertThat(paint.doubleValue()).isLessThan(1_000);
    assertThat(shownWorkloads()).isEqualTo(expected(json(traces), "seed")).hasSize(MANY);
  }

  private static String host(Random random) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      boolean hit = random.nextInt(100) < 93;
      lines.append(
          """
          {"ts_ns":%d,"cpu":%d,"tid":%d,"comm":"worker-%d","entry":"%s","nr":%d,"rip":"0x401000","rcx":"0x%s","r11":"0x246","rflags":"0x246","cs":"0x33","ss":"0x2b"}
          """
              .formatted(
                  i * 1_000_000L,
                  random.nextInt(8),
                  random.nextInt(20),
                  random.nextInt(4),
                  hit ? "syscall" : "interrupt",
                  random.nextInt(40),
                  hit ? "401000" : "7"));
    }
    return lines.toString();
  }

  @Test
  void everybodyCanReadIt() throws IOException {
    browser.open(page(samples()));
    browser.run("document.getElementById('workload-0').open = true");
    browser.run("document.querySelectorAll('.terms details').forEach((it) => it.open = true)");
    assertThat(browser.barriers()).isEmpty();
    prefer("dark");
    assertThat(browser.barriers()).isEmpty();
    prefer("light");
    assertFitsAPhone();
  }
}
