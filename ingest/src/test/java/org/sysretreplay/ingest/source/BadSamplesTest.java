package org.sysretreplay.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.TraceException;

/** Every broken file of sample-traces/bad gives what the table in its README says. */
class BadSamplesTest {

  private static final Path FOLDER = Traces.samples().resolve("bad");

  private static final Set<String> NO_SAMPLES =
      Set.of("README.md", "make", TraceInputs.IGNORE_MARKER);

  private static final int MAX_BYTES = 20_000;

  private static final Pattern ROW =
      Pattern.compile("\\| `(\\S+)` \\| .+ \\| ([A-Z_0-9]*) ?\\| `(.+)` \\| ([03]) \\|");

  /** Reject reasons that need no file, and why. */
  private static final Map<RejectReason, String> WAIVED = Map.of();

  /** A row of the table, or the same for what a file really gives. */
  record Row(String file, String reason, String message, int exitCode) {}

  static List<Row> rows() throws IOException {
    return Files.readAllLines(FOLDER.resolve("README.md")).stream()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .map(it -> new Row(it.group(1), it.group(2), it.group(3), Integer.parseInt(it.group(4))))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aBrokenFileSaysWhatItsRowSays(Row row) {
    assertThat(read(FOLDER.resolve(row.file()))).isEqualTo(row);
  }

  private static Row read(Path file) {
    try {
      TraceInputs inputs = TraceInputs.find(List.of(file), Optional.empty(), Optional.empty());
      if (!inputs.unreadable().isEmpty()) {
        throw inputs.unreadable().get(0);
      }
      return row(file, Traces.readAll(inputs.traces().get(0).open(Reading.ASSEMBLED)));
    } catch (TraceException e) {
      return row(file, "", e.getMessage(), 3);
    }
  }

  private static Row row(Path file, Traces.Whole whole) {
    Reject first = whole.rejects().get(0);
    int exitCode = whole.counts().accepted() > 0 ? 0 : 3;
    return row(file, first.reason().name(), first.sentence(), exitCode);
  }

  private static Row row(Path file, String reason, String message, int exitCode) {
    assertThat(message).startsWith(file.toString());
    String behindName = message.substring(file.toString().length());
    return new Row(file.getFileName().toString(), reason, behindName, exitCode);
  }

  @Test
  void everyRejectReasonIsReachedByAFileOrWaived() throws IOException {
    Set<RejectReason> reached = EnumSet.noneOf(RejectReason.class);
    for (Row row : rows()) {
      if (!row.reason().isEmpty()) {
        reached.add(RejectReason.valueOf(row.reason()));
      }
    }
    assertThat(WAIVED.keySet()).as("waived in vain").noneMatch(reached::contains);
    reached.addAll(WAIVED.keySet());
    assertThat(reached).containsExactly(RejectReason.values());
  }

  @Test
  void theTableListsEveryFileOfTheFolder() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      Set<String> names =
          files
              .map(it -> it.getFileName().toString())
              .filter(it -> !NO_SAMPLES.contains(it))
              .collect(Collectors.toSet());
      assertThat(rows()).extracting(Row::file).containsExactlyInAnyOrderElementsOf(names);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aBrokenFileIsSmall(Row row) throws IOException {
    assertThat(Files.size(FOLDER.resolve(row.file()))).isLessThan(MAX_BYTES);
  }

  @Test
  void aScanOfTheSamplesPassesOverTheFolder() {
    TraceInputs inputs =
        TraceInputs.find(List.of(Traces.samples()), Optional.empty(), Optional.empty());
    assertThat(inputs.traces()).hasSameSizeAs(Traces.workloads());
    assertThat(inputs.unreadable()).isEmpty();
  }
}
