package org.sysretreplay.analytics.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.sysretreplay.analytics.choice.ModelChoice;
import org.sysretreplay.analytics.choice.ModelName;

/**
 * One side as it is written: SOURCE, SOURCE@MODEL or @MODEL.
 *
 * @param source a store, a trace file or a folder; empty where it is the other side's
 * @param model a model's id, a kernel's release, or auto; empty where it is not said
 */
record CompareSide(Optional<Path> source, Optional<String> model) {

  private static final char SEPARATOR = '@';

  /**
   * Takes a side apart at its last @. A file of the whole name wins; and where neither side of
   * the @ means anything, the whole is a name, that of a file that is missing.
   */
  static CompareSide parse(String text) {
    int at = text.lastIndexOf(SEPARATOR);
    if (at < 0 || Files.exists(Path.of(text))) {
      return new CompareSide(Optional.of(Path.of(text)), Optional.empty());
    }
    String source = text.substring(0, at);
    String model = text.substring(at + 1);
    boolean isName = !source.isEmpty() && !isModel(model) && !Files.exists(Path.of(source));
    return isName
        ? new CompareSide(Optional.of(Path.of(text)), Optional.empty())
        : new CompareSide(
            Optional.of(source).filter(it -> !it.isEmpty()).map(Path::of), Optional.of(model));
  }

  private static boolean isModel(String id) {
    return id.equals(ModelChoice.AUTO) || ModelName.find(id).isPresent();
  }
}
