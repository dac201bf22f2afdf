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
 * A file that was moved aside for a new recording. perf itself renames it to {@code *.old} and
 * overwrites what had that name; here it gets the first such name that is free, so that no
 * recording is lost.
 */
record EarlierRecording(Path place, Path kept) {

  /**
   * Moves aside what is in the place of a new recording.
   *
   * @throws OutputException if it cannot be moved
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

  /** Undoes the move, if nothing was recorded after all. */
  void moveBack() {
    move(kept, place, StandardCopyOption.REPLACE_EXISTING);
    moveMachine(kept, place);
  }

  /** Whether there is no file, or an empty one, so that nothing can be lost. */
  static boolean isMissing(Path file) {
    try {
      return !Files.exists(file) || Files.size(file) == 0;
    } catch (IOException e) {
      throw OutputException.unwritable(file.toString(), e);
    }
  }

  /** Moves the machine file that lies beside a recording. */
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
