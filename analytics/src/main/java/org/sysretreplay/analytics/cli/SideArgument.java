package org.sysretreplay.analytics.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.sysretreplay.analytics.choice.ModelChoice;
import org.sysretreplay.analytics.choice.ModelName;

/**
 * One word of a side as the user wrote it: SOURCE, SOURCE@MODEL or @MODEL.
 *
 * @param source a store, a trace file or a folder; empty to take the other side's
 * @param model a model's id, a kernel's release, or auto; empty if not given
 */
record SideArgument(Optional<Path> source, Optional<String> model) {

  private static final char SEPARATOR = '@';

  /**
   * Splits the word at its last @, unless a file has the whole word as its name. If neither part
   * means anything, the whole word is taken for the name of a missing file.
   */
  static SideArgument parse(String text) {
    int at = text.lastIndexOf(SEPARATOR);
    if (at < 0 || Files.exists(Path.of(text))) {
      return new SideArgument(Optional.of(Path.of(text)), Optional.empty());
    }
    String source = text.substring(0, at);
    String model = text.substring(at + 1);
    boolean isName = !source.isEmpty() && !isModel(model) && !Files.exists(Path.of(source));
    return isName
        ? new SideArgument(Optional.of(Path.of(text)), Optional.empty())
        : new SideArgument(
            Optional.of(source).filter(it -> !it.isEmpty()).map(Path::of), Optional.of(model));
  }

  private static boolean isModel(String id) {
    return id.equals(ModelChoice.AUTO) || ModelName.exists(id);
  }
}
