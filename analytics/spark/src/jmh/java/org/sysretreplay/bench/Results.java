package org.sysretreplay.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** All measured values, one JSON object a line, written at once. */
final class Results {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  Results(Path file) throws IOException {
    this.file = file;
    Files.createDirectories(file.getParent());
  }

  /**
   * One measured value.
   *
   * @param subject what was measured, as in {@code replay/duckdb-registers}
   * @param contestant who did it
   * @param run counted from 0; equal numbers of two contestants ran one after the other
   */
  record Result(String subject, String contestant, int run, double value, String unit) {}

  void add(Result result) {
    try {
      Files.writeString(
          file,
          JSON.writeValueAsString(result) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a figure that is no time. */
  void add(String subject, String what, double value, String unit) {
    add(new Result(subject, what, 0, value, unit));
    System.out.printf("%-34s %-28s %,.3f %s%n", subject, what, value, unit);
  }

  /** All values in the file, those of earlier runs of the benchmarks first. */
  static List<Result> read(Path file) throws IOException {
    List<Result> results = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      results.add(parse(line));
    }
    return results;
  }

  private static Result parse(String line) throws JsonProcessingException {
    return JSON.readValue(line, Result.class);
  }
}
