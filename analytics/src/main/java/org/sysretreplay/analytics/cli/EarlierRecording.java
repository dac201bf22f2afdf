package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sysretreplay.ingest.source.MachineFile;
import org.sysretreplay.ingest.trace.OutputException;

/**
 * What lay in the place of a new recording. perf keeps it as {@code *.old} and deletes what had
 * that name; here it gets the first such name that is free, so that nothing is ever lost.
 */
record EarlierRecording(Path place, Path kept) {

  /**
   * Makes room for a recording.
   *
   * @throws OutputException where what is there cannot be moved
   */
  static Optional<EarlierRecording> moveAside(Path place) {
    if (isMissing(place)) {
      return Optional.empty();
    }
    EarlierRecording earlier = new EarlierRecording(place, move(place, freeName(place)));
    moveMachine(place, earlier.kept());
    return Optional.of(earlier);
  }

  private static Path freeName(Path place) {
    return Stream.concat(Stream.of(""), IntStream.iterate(2, i -> i + 1).mapToObj(i -> "." + i))
        .map(number -> place.resolveSibling(place.getFileName() + number + ".old"))
        .filter(it -> !Files.exists(it, LinkOption.NOFOLLOW_LINKS))
        .findFirst()
        .orElseThrow();
  }

  /** Undoes the move, where nothing was recorded after all. */
  void moveBack() {
    move(kept, place, StandardCopyOption.REPLACE_EXISTING);
    moveMachine(kept, place);
  }

  /** Whether there is nothing to lose: an empty file is none. */
  static boolean isMissing(Path file) {
    try {
      return !Files.exists(file) || Files.size(file) == 0;
    } catch (IOException e) {
      throw OutputException.unwritable(file.toString(), e);
    }
  }

  /** What tells of a recording's machine lies beside it. */
  private static void moveMachine(Path from, Path to) {
    if (Files.exists(MachineFile.of(from))) {
      move(MachineFile.of(from), MachineFile.of(to), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static Path move(Path from, Path to, StandardCopyOption... options) {
    try {
      return Files.move(from, to, options);
    } catch (IOException e) {
      throw OutputException.unwritable(from.toString(), e);
    }
  }
}
