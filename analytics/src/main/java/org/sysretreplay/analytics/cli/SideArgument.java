package org.sysretreplay.analytics.cli;

import java.nio.file.Files;
import java.util.Optional;
import org.sysretreplay.analytics.choice.ModelChoice;
import org.sysretreplay.analytics.choice.ModelName;
import org.sysretreplay.ingest.files.FileTrees;

/**
 * One word of a side as the user wrote it: SOURCE, SOURCE@MODEL or @MODEL.
 *
 * @param source a store, a trace file or a folder, as a path or a URI; empty to take the other
 *     side's
 * @param model a model's id, a kernel's release, or auto; empty if not given
 */
record SideArgument(Optional<String> source, Optional<String> model) {

  private static final char SEPARATOR = '@';

  /**
   * Splits the word at its last @, unless a file has the whole word as its name. If neither part
   * means anything, the whole word is taken for the name of a missing file.
   *
   * @throws UsageException if nothing stands behind the @ of a source, or the word is only an @
   */
  static SideArgument parse(String text) {
    int at = text.lastIndexOf(SEPARATOR);
    if (at < 0 || isThere(text)) {
      return new SideArgument(Optional.of(text), Optional.empty());
    }
    String source = text.substring(0, at);
    String model = text.substring(at + 1);
    if (model.isEmpty() && (source.isEmpty() || isThere(source))) {
      throw new UsageException(
          "%s: there is no model behind the @; name one, or leave the @ out.".formatted(text));
    }
    boolean isName = !source.isEmpty() && !isModel(model) && !isThere(source);
    return isName
        ? new SideArgument(Optional.of(text), Optional.empty())
        : new SideArgument(Optional.of(source).filter(it -> !it.isEmpty()), Optional.of(model));
  }

  private static boolean isThere(String source) {
    return FileTrees.local(source).filter(Files::exists).isPresent();
  }

  private static boolean isModel(String id) {
    return id.equals(ModelChoice.AUTO) || ModelName.exists(id);
  }
}
