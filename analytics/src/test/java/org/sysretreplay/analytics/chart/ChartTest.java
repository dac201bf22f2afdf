package org.sysretreplay.analytics.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sysretreplay.analytics.chart.Chart.Kind;
import org.sysretreplay.analytics.chart.Chart.Point;
import org.sysretreplay.analytics.chart.Chart.Scale;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ChartTest {

  private static final Chart MISSES =
      new Chart(
          Kind.BARS,
          "Why frames miss",
          "9 of 20 exits",
          "workload",
          "reason",
          "exits",
          Scale.COUNT,
          List.of(
              new Point("shell", "RCX_NOT_RIP", 4),
              new Point("shell", "RF_SET", 2),
              new Point("http", "RCX_NOT_RIP", 3)));

  private static final Pattern MOVE = Pattern.compile("translate\\([^ ,]+[ ,]+([-0-9.]+)");

  private static Document parsed(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  private static List<String> texts(String svg) throws Exception {
    NodeList nodes = parsed(svg).getElementsByTagName("text");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent().strip());
    }
    return texts;
  }

  private static Chart named(String name) {
    return new Chart(
        Kind.BARS,
        name,
        name,
        "workload",
        "",
        "share",
        Scale.SHARE,
        List.of(new Point(name, "", 0.5)));
  }

  @Test
  void saysItsTitleTotalsAxesAndSeries() throws Exception {
    assertThat(texts(Svg.of(MISSES)))
        .contains("Why frames miss", "9 of 20 exits", "workload", "exits", "shell", "http")
        .contains("reason", "RCX_NOT_RIP", "RF_SET");
  }

  @Test
  void firstCategoryIsAtTheTop() throws Exception {
    List<String> texts = texts(Svg.of(MISSES));
    NodeList nodes = parsed(Svg.of(MISSES)).getElementsByTagName("text");
    assertThat(height(nodes.item(texts.indexOf("shell"))))
        .isLessThan(height(nodes.item(texts.indexOf("http"))));
  }

  /** The distance from the top, summed over all elements that it lies in. */
  private static double height(Node element) {
    double height = 0;
    for (Node it = element; it instanceof Element in; it = it.getParentNode()) {
      Matcher move = MOVE.matcher(in.getAttribute("transform"));
      height += move.find() ? Double.parseDouble(move.group(1)) : 0;
    }
    return height;
  }

  @Test
  void lineStandsAlongNumbers() throws Exception {
    Chart line =
        new Chart(
            Kind.LINES,
            "Over time",
            "of 40 exits",
            "second",
            "",
            "sysret_share",
            Scale.SHARE,
            List.of(new Point(0L, "", 0.5), new Point(10L, "", 1.0)));
    assertThat(texts(Svg.of(line))).contains("Over time", "second", "50 %", "100 %");
    assertThat(parsed(Svg.of(line)).getElementsByTagName("path").getLength()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "a\u202Egnp.exe",
        "line\nfeed",
        "half \uD800 of a pair",
        "\u001B[31mred",
        "&amp;"
      })
  void namesAreData(String name) throws Exception {
    Document svg = parsed(Svg.of(named(name)));
    assertThat(svg.getElementsByTagName("script").getLength()).isZero();
    assertThat(svg.getElementsByTagName("img").getLength()).isZero();
    Document table = parsed("<div>" + HtmlTable.of(named(name)) + "</div>");
    assertThat(table.getElementsByTagName("td").getLength()).isEqualTo(2);
    assertThat(table.getElementsByTagName("script").getLength()).isZero();
    for (String hidden : List.of("\u202E", "\u001B", "\uD800")) {
      assertThat(Svg.of(named(name)) + HtmlTable.of(named(name))).doesNotContain(hidden);
    }
  }

  @Test
  void tableHoldsTheNumbers() throws Exception {
    assertThat(HtmlTable.of(MISSES))
        .contains("<th scope=\"col\">reason</th>", "<td>RF_SET</td>", ">2</td>");
    assertThat(HtmlTable.of(List.of("n", "m"), List.of(List.of(1234567L, 0.25)), true))
        .contains(">1,234,567</td>", ">0.2500</td>", "there are more");
  }

  @Test
  void isTheSameInEveryCountry() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      String there = Svg.of(MISSES) + HtmlTable.of(MISSES);
      Locale.setDefault(Locale.ROOT);
      assertThat(Svg.of(MISSES) + HtmlTable.of(MISSES)).isEqualTo(there);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void isDrawnWithoutScriptAndWithoutTheNetwork() {
    assertThat(Svg.of(MISSES))
        .startsWith("<svg")
        .doesNotContain("<script", "url(http", "@import", "href=\"http");
  }
}
