package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.RecordedOn;
import org.sysretreplay.analytics.choice.FoundSources;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.files.FileTrees;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.trace.Bounds;
import org.sysretreplay.ingest.trace.OutputException;

/** The sources on a command line that can be read; the user has been told about the others. */
record Sources(FoundSources found) {

  /** Hyphens, and the dashes that word processors put in their place. */
  private static final String DASHES = "^[\\p{Pd}\u2212]+";

  private static final Pattern A_DASH_FIRST = Pattern.compile(DASHES + ".+", Pattern.DOTALL);

  /**
   * Looks at every source, opens every trace once, and tells the user what cannot be read.
   *
   * @param workload the name to count everything under; each trace's own if empty
   * @param format the format of every file; detected from its first bytes if empty
   * @param bounds how much data an input may expand to
   */
  static Sources find(
      List<String> sources,
      Optional<String> workload,
      Optional<TraceFormat> format,
      Bounds bounds,
      Messages messages,
      boolean quiet) {
    sources.forEach(Sources::checkIsNoOption);
    FoundSources found = FoundSources.find(sources, workload, format, bounds);
    found.unreadable().forEach(e -> messages.error(e.getMessage()));
    if (!quiet) {
      messages.passedOver(found.passedOver());
    }
    return new Sources(found);
  }

  /**
   * Makes sure that the word is not a misspelt option.
   *
   * @throws UsageException if it begins with a dash and no file has this name
   */
  private static void checkIsNoOption(String source) {
    if (!A_DASH_FIRST.matcher(source).matches()
        || FileTrees.local(source).filter(Files::exists).isPresent()) {
      return;
    }
    throw new UsageException(
        source.startsWith("-")
            ? "%s: there is no such file, and no option stands behind --; write it before."
                .formatted(source)
            : "%s: there is no such file; an option begins with two hyphens: --%s."
                .formatted(source, source.replaceFirst(DASHES, "")));
  }

  List<TraceInput> traces() {
    return found.traces();
  }

  List<String> stores() {
    return found.stores();
  }

  Map<String, RecordedOn> recordedOn() {
    return found.recordedOn();
  }

  /** Whether everything that was found could be opened. */
  boolean complete() {
    return found.unreadable().isEmpty();
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Takes a snapshot of every store, for questions that are asked right away. */
  FoundSources.Contents look(Machine asked, Engine engine) {
    return found.look(asked, engine);
  }

  /**
   * Makes sure that the output, if there is one, does not replace an input.
   *
   * @throws UsageException if it would
   */
  void protectFrom(Optional<Path> output) {
    output.ifPresent(this::protectFrom);
  }

  private void protectFrom(Path output) {
    for (TraceInput trace : traces()) {
      if (isSameFile(Path.of(trace.path()), output) || isIn(Path.of(trace.path()), output)) {
        throw new UsageException(output + ": this is also the input; name another file.");
      }
    }
    for (String store : stores()) {
      Optional<Path> folder = FileTrees.local(store).map(it -> it.toAbsolutePath().normalize());
      if (folder.filter(output.toAbsolutePath().normalize()::startsWith).isPresent()) {
        throw new UsageException(
            output + ": this lies in the store " + store + "; name another place.");
      }
    }
  }

  /** Whether the output would lie within a recording that is a folder. */
  private static boolean isIn(Path folder, Path output) {
    return Files.isDirectory(folder)
        && output.toAbsolutePath().normalize().startsWith(folder.toAbsolutePath().normalize());
  }

  private static boolean isSameFile(Path input, Path output) {
    try {
      return Files.exists(output) && Files.isSameFile(input, output);
    } catch (IOException e) {
      throw OutputException.unwritable(output.toString(), e);
    }
  }
}
