package org.sysretreplay.analytics.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Level;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real browser for pages of this disk, which records their requests and complaints. */
final class Browser implements AutoCloseable {

  private static final List<Path> BROWSERS =
      List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/google-chrome"));
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  /** A warning of the browser about the canvases on which axe-core measures colours. */
  private static final String ADVICE_TO_AXE = "willReadFrequently";

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts a browser, or skips the test if this machine has none. */
  static Browser start(Path profile) {
    Optional<Path> binary = BROWSERS.stream().filter(Files::isExecutable).findFirst();
    assumeTrue(
        binary.isPresent() && Files.isExecutable(DRIVER),
        "pages are opened where chromium and chromium-driver are installed");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(binary.get().toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1300,1000",
        "--user-data-dir=" + profile);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
    Browser browser = new Browser(new ChromeDriver(service, options));
    // Requests and complaints of the browser's own first page are forgotten.
    browser.driver.get("about:blank");
    browser.requests();
    browser.complaints();
    return browser;
  }

  void open(Path page) {
    driver.get(page.toUri().toString());
  }

  ChromeDriver driver() {
    return driver;
  }

  /** Runs a script in the page and returns its result. */
  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** The cells of a table's body, a list for each row, spaces that do not break made plain. */
  @SuppressWarnings("unchecked")
  List<List<String>> rows(String table) {
    return (List<List<String>>)
        run(
            """
            const text = (it) => (it.querySelector("a") || it).innerText.replaceAll("\\u00a0", " ");
            return [...document.querySelectorAll(arguments[0] + " > tbody > tr")]
              .map((row) => [...row.cells].map(text));
            """,
            table);
  }

  /** The warnings and errors in the browser's console. */
  List<String> complaints() {
    return log(LogType.BROWSER)
        .map(LogEntry::getMessage)
        .filter(it -> !it.contains(ADVICE_TO_AXE))
        .toList();
  }

  /** All addresses requested since the last call. */
  List<String> requests() {
    return log(LogType.PERFORMANCE)
        .map(LogEntry::getMessage)
        .filter(it -> it.contains("\"Network.requestWillBeSent\""))
        .map(
            it ->
                it.replaceFirst(
                    "(?s).*\"documentURL\":\"[^\"]*\".*?\"request\":\\{.*?\"url\":\"", ""))
        .map(it -> it.replaceFirst("(?s)\".*", ""))
        .toList();
  }

  private Stream<LogEntry> log(String type) {
    return StreamSupport.stream(driver.manage().logs().get(type).spliterator(), false);
  }

  /** The serious and critical violations of accessibility that axe-core finds. */
  @SuppressWarnings("unchecked")
  List<String> barriers() {
    driver.executeScript(axe());
    List<Map<String, Object>> found =
        (List<Map<String, Object>>)
            driver.executeAsyncScript(
                """
                const done = arguments[arguments.length - 1];
                axe.run().then((it) => done(it.violations.map((one) => ({
                  id: one.id, impact: one.impact, at: one.nodes.slice(0, 3).map((node) => node.html).join(" | ")}))));
                """);
    return found.stream()
        .filter(it -> List.of("serious", "critical").contains(it.get("impact")))
        .map(it -> "%s: %s".formatted(it.get("id"), it.get("at")))
        .toList();
  }

  private static String axe() {
    try {
      Properties library = new Properties();
      library.load(resource("/META-INF/maven/org.webjars.npm/axe-core/pom.properties"));
      String file = "/META-INF/resources/webjars/axe-core/%s/axe.min.js";
      try (InputStream in = resource(file.formatted(library.getProperty("version")))) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream resource(String name) {
    return Browser.class.getResourceAsStream(name);
  }

  @Override
  public void close() {
    driver.quit();
  }
}
