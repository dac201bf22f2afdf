package org.sysretreplay.analytics.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.sysretreplay.analytics.Points;
import org.sysretreplay.analytics.Ratio;
import org.sysretreplay.analytics.SampleTraces;

/** The page of a comparison in a real browser shows what the JSON of the same comparison says. */
class ComparisonPageTest extends InBrowser {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static void open(Object... arguments) {
    browser.open(page("compare", arguments));
    openAll();
  }

  private static JsonNode json(Object... arguments) throws IOException {
    return JSON.readTree(run(Stream.of("compare", "--quiet", "--format", "json"), arguments).out());
  }

  private static Path sample(String name) {
    return SampleTraces.ROOT.resolve(name).resolve("perf.data");
  }

  private static Ratio share(JsonNode part) {
    return new Ratio(
        part.get("sysret").asLong() + part.get("fast_sysret").asLong(), part.get("exits").asLong());
  }

  /** The expected cells of a row. */
  private static List<String> cells(JsonNode row) {
    JsonNode base = row.get("base");
    JsonNode other = row.get("other");
    List<String> cells =
        new ArrayList<>(
            List.of(
                row.path("workload").asText("all that both have"),
                base.isNull() ? "n/a" : number(base.get("exits").asLong()),
                other.isNull() ? "n/a" : number(other.get("exits").asLong()),
                base.isNull() ? "n/a" : share(base).percent(),
                other.isNull() ? "n/a" : share(other).percent()));
    boolean known = !row.get("sysret_share_points").isNull();
    String points = known ? new Points(share(base), share(other)).text() : "n/a";
    JsonNode chance = row.get("chance");
    if (!chance.isNull()) {
      points +=
          String.format(
              Locale.ROOT,
              "\n%+.2f to %+.2f",
              chance.get("low").asDouble(),
              chance.get("high").asDouble());
    }
    cells.add(points);
    if (row.get("new_hits").isNull()) {
      cells.add(chance.isNull() ? "n/a" : chance.get("noise").asBoolean() ? "noise" : "a change");
    } else {
      cells.add(number(row.get("new_hits").asLong()));
      cells.add(number(row.get("lost_hits").asLong()));
    }
    return cells;
  }

  private static List<List<String>> expected(JsonNode comparison) {
    List<List<String>> rows = new ArrayList<>();
    comparison.get("rows").forEach(it -> rows.add(cells(it)));
    rows.sort(Comparator.comparing(it -> it.get(0).toLowerCase(Locale.ROOT)));
    return rows;
  }

  private static List<String> total() {
    return ((List<?>)
            browser.run(
                "return [...document.querySelectorAll('#workloads tfoot tr > *')]"
                    + ".map((it) => it.innerText.replaceAll('\\u00a0', ' '))"))
        .stream().map(Object::toString).toList();
  }

  @Test
  void twoModelsAreWhatTheJsonSays() throws IOException {
    Object[] sides = {SampleTraces.ROOT + "@seed", "@linux-4.1"};
    open(sides);
    JsonNode json = json(sides);
    assertThat(browser.rows(WORKLOADS)).isEqualTo(expected(json)).hasSizeGreaterThan(15);
    assertThat(total()).isEqualTo(cells(json.get("total")));
    assertThat(browser.driver().findElement(By.id("answer")).getText())
        .isEqualTo(json.get("answer").asText());
  }

  @Test
  void everyExitThatChangesIsThere() throws IOException {
    Object[] sides = {sample("single-step"), "@linux-4.1"};
    open(sides);
    JsonNode row = json(sides).at("/rows/0");
    List<List<String>> changed = new ArrayList<>();
    for (JsonNode it : row.get("transitions")) {
      if (!it.get("base").equals(it.get("other"))) {
        changed.add(
            List.of(
                it.get("base").asText(),
                it.get("other").asText(),
                it.get("cause").isNull() ? "none" : it.get("cause").asText(),
                number(it.get("exits").asLong())));
      }
    }
    assertThat(browser.rows("[data-table=transitions]"))
        .containsExactlyInAnyOrderElementsOf(changed);
    long lost =
        browser.rows("[data-table=cause]").stream()
            .filter(it -> it.get(0).startsWith("lost hits: "))
            .mapToLong(it -> parsed(it.get(3)))
            .sum();
    assertThat(lost).isEqualTo(row.get("lost_hits").asLong()).isPositive();
    assertWaterfallEnds(row);
  }

  /** Asserts that each bar of a step begins where the one before it ended. */
  private static void assertWaterfallEnds(JsonNode row) {
    List<?> ends =
        (List<?>)
            browser.run(
                """
                return [...document.querySelector("[data-table=cause]").querySelectorAll(".fall span")].map((it) =>
                  [it.className, parseFloat(it.style.left), parseFloat(it.style.left) + parseFloat(it.style.width)]);
                """);
    List<?> base = (List<?>) ends.get(0);
    List<?> other = (List<?>) ends.get(ends.size() - 1);
    double at = ((Number) base.get(2)).doubleValue();
    for (Object it : ends.subList(1, ends.size() - 1)) {
      List<?> step = (List<?>) it;
      boolean gain = step.get(0).equals("gain");
      assertThat(((Number) step.get(gain ? 1 : 2)).doubleValue()).isCloseTo(at, within(1e-2));
      at = ((Number) step.get(gain ? 2 : 1)).doubleValue();
    }
    assertThat(at).isCloseTo(((Number) other.get(2)).doubleValue(), within(1e-2));
    boolean rose = row.get("sysret_share_points").asDouble() > 0;
    assertThat(at > ((Number) base.get(2)).doubleValue()).isEqualTo(rose);
  }

  @Test
  void twoRunsAreWhatTheJsonSays() throws IOException {
    Object[] sides = {sample("shell"), sample("http")};
    open(sides);
    JsonNode json = json(sides);
    assertThat(browser.rows(WORKLOADS)).isEqualTo(expected(json)).hasSize(1);
    JsonNode row = json.at("/rows/0");
    assertMoved(row, "cause", "cause", "cause");
    assertMoved(row, "first_miss", "reason", "first failing check");
    assertWaterfallEnds(row);
    assertThat(browser.run("return document.body.innerText").toString())
        .contains(json.at("/comparability/0").asText())
        .contains("sysret-replay compare --quiet --format html -o ");
  }

  private static void assertMoved(JsonNode row, String key, String name, String table) {
    List<List<String>> expected = new ArrayList<>();
    long ofBase = row.at("/base/exits").asLong();
    long ofOther = row.at("/other/exits").asLong();
    for (JsonNode it : row.get(key)) {
      long base = it.get("base").asLong();
      long other = it.get("other").asLong();
      expected.add(
          List.of(
              it.get(name).asText(),
              "",
              number(base),
              number(other),
              new Points(new Ratio(other, ofOther), new Ratio(base, ofBase)).text()));
    }
    List<List<String>> shown = browser.rows("[data-table='%s']".formatted(table));
    assertThat(shown.subList(1, shown.size() - 1))
        .containsExactlyInAnyOrderElementsOf(expected)
        .isNotEmpty();
    assertThat(shown.get(0)).startsWith("base").endsWith(share(row.get("base")).percent());
    assertThat(shown.get(shown.size() - 1)).endsWith(share(row.get("other")).percent());
  }

  @Test
  void everyRunAndEverySideIsThere() throws IOException {
    Object[] sides = {sample("shell"), sample("http"), "--against", SampleTraces.ROOT};
    open(sides);
    JsonNode json = json(sides);
    assertThat(browser.rows(WORKLOADS)).isEqualTo(expected(json)).hasSizeGreaterThan(15);
    List<Object> one =
        List.of(sample("shell"), sample("http"), "--against", sample("threads"), sample("rseq"));
    open(one.toArray());
    List<List<String>> runs = browser.rows("[data-table=runs]");
    List<List<String>> expected = new ArrayList<>();
    JsonNode chance = json(one.toArray()).at("/rows/0/chance");
    for (String side : List.of("base", "other")) {
      for (JsonNode run : chance.at("/" + side + "/runs")) {
        expected.add(
            List.of(
                run.get("source").asText(),
                side,
                number(run.get("exits").asLong()),
                String.format(Locale.ROOT, "%.2f %%", 100 * run.get("sysret_share").asDouble())));
      }
    }
    assertThat(runs).isEqualTo(expected).hasSize(4);
  }

  @Test
  void aTableIsSortedAndSearched() {
    open(SampleTraces.ROOT, "@linux-4.1");
    browser.driver().findElement(By.cssSelector("[data-sort=lost]")).sendKeys(Keys.ENTER);
    assertThat(browser.rows(WORKLOADS).stream().map(it -> parsed(it.get(7))))
        .isSortedAccordingTo(Comparator.reverseOrder());
    browser.driver().findElement(By.id("search")).sendKeys("single_step");
    assertThat(browser.rows(WORKLOADS))
        .extracting(it -> it.get(0))
        .contains("single-step", "trap-flag")
        .hasSizeBetween(2, 8);
  }

  @Test
  void namesAreDataAndNothingElse() throws IOException {
    Path traces = Files.createDirectory(folder.resolve("hostile"));
    for (String side : List.of("a", "b")) {
      Files.writeString(
          Files.createDirectories(traces.resolve(side))
              .resolve("<img src=x onerror=alert(1)>\u202e.jsonl"),
          """
          {"tid":3,"rip":"0x401000","rcx":"0x7","r11":"0x246","rflags":"0x246","cs":"0x33","ss":"0x2b"}
          """);
    }
    open(traces.resolve("a"), traces.resolve("b"));
    assertThat(browser.rows(WORKLOADS).get(0).get(0)).startsWith("<img src=x onerror=alert(1)>");
    assertThat(browser.run("return document.querySelectorAll('img').length")).isEqualTo(0L);
    assertThat(browser.run("return document.scripts.length")).isEqualTo(2L);
    assertThat(browser.run("return document.body.innerText").toString())
        .contains("No difference: both sides count the same.")
        .doesNotContain("\u202e");
  }

  @Test
  void everybodyCanReadIt() {
    open(sample("shell"), sample("http"), "--against", SampleTraces.ROOT);
    assertThat(browser.barriers()).isEmpty();
    prefer("dark");
    assertThat(browser.barriers()).isEmpty();
    prefer("light");
    open(SampleTraces.ROOT, "@linux-4.1");
    assertThat(browser.barriers()).isEmpty();
    assertFitsAPhone();
  }
}
