package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A perf that still writes into a spool whose recorder is gone. Its command line names the place,
 * so that none is missed whenever its recorder was killed.
 *
 * @param spool the folder, without links
 * @param root the folder that holds {@code proc}
 */
record EarlierPerf(Path spool, Path root) {

  private static final String OUTPUT = "-o";
  private static final int STEP_MILLIS = 100;

  /**
   * Waits until there is none: one that was told to end has its last piece to finish.
   *
   * @throws UsageException where one goes on
   */
  void awaitEnd(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    OptionalLong number = number();
    while (number.isPresent() && System.nanoTime() - end < 0) {
      Thread.sleep(STEP_MILLIS);
      number = number();
    }
    if (number.isPresent()) {
      throw new UsageException(
          "%s: perf (process %d) of an earlier recorder still records into this folder; end it with kill %d, and start again."
              .formatted(spool, number.getAsLong(), number.getAsLong()));
    }
  }

  private OptionalLong number() {
    try (Stream<Path> processes = Files.list(root.resolve("proc"))) {
      return processes
          .filter(it -> it.getFileName().toString().matches("\\d{1,18}"))
          .filter(this::writesHere)
          .mapToLong(it -> Long.parseLong(it.getFileName().toString()))
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  private boolean writesHere(Path process) {
    List<String> words = words(process);
    int output = words.indexOf(OUTPUT);
    return output >= 0
        && output + 1 < words.size()
        && spool.equals(Path.of(words.get(output + 1)).getParent());
  }

  /** Its command line; nothing where it has ended meanwhile. */
  private static List<String> words(Path process) {
    try {
      byte[] line = Files.readAllBytes(process.resolve("cmdline"));
      return List.of(new String(line, StandardCharsets.UTF_8).split("\0"));
    } catch (IOException e) {
      return List.of();
    }
  }
}
