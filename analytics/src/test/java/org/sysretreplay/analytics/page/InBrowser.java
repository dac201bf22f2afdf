package org.sysretreplay.analytics.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Dimension;
import org.sysretreplay.analytics.cli.CliRunner;

/** Base class of tests in a real browser, one browser for all tests of a class. */
abstract class InBrowser {

  static final String WORKLOADS = "#workloads";

  @TempDir static Path folder;

  static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.start(Files.createDirectory(folder.resolve("profile")));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
      browser = null;
    }
  }

  /** After each test: the page made no request outside, and the browser logged no error. */
  @AfterEach
  void nothingLeavesThePage() {
    assertThat(browser.requests()).isNotEmpty().allMatch(it -> it.startsWith("file:"));
    assertThat(browser.complaints()).isEmpty();
  }

  static CliRunner.Result run(Stream<?> first, Object... arguments) {
    return CliRunner.run(Stream.concat(first, Stream.of(arguments)).toArray());
  }

  /** The page that a command makes. */
  static Path page(String command, Object... arguments) {
    Path page = folder.resolve("page.html");
    CliRunner.Result made =
        run(Stream.of(command, "--quiet", "--format", "html", "-o", page), arguments);
    assertThat(made.err()).isEmpty();
    assertThat(made.exit()).isZero();
    return page;
  }

  static void openAll() {
    browser.run("document.querySelectorAll('details').forEach((it) => it.open = true)");
  }

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static long parsed(String number) {
    return Long.parseLong(number.replace(",", ""));
  }

  /** Sets the preferred colour scheme, dark or light. */
  static void prefer(String scheme) {
    browser
        .driver()
        .executeCdpCommand(
            "Emulation.setEmulatedMedia",
            Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  static void assertFitsAPhone() {
    Dimension usual = browser.driver().manage().window().getSize();
    browser.driver().manage().window().setSize(new Dimension(500, 900));
    assertThat(browser.barriers()).isEmpty();
    assertThat(
            browser.run(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .isEqualTo(0L);
    browser.driver().manage().window().setSize(usual);
  }
}
