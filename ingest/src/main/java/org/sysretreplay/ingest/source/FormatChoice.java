package org.sysretreplay.ingest.source;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.ingest.trace.Head;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * The user's choice of formats.
 *
 * @param asked the format of every named file, and the only one that is taken from folders; if
 *     empty, formats are recognised by the first bytes
 */
record FormatChoice(Optional<TraceFormat> asked) {

  private static final String TEXT_OF = "the text of ";

  /** The remedy if there is no trace to read. */
  static final String WHAT_TO_GIVE = "give " + formats() + ", or a folder of them";

  /** The names of all formats, with those of text joined into one. */
  private static String formats() {
    String texts =
        Stream.of(TraceFormat.values())
            .map(TraceFormat::whatToGive)
            .filter(it -> it.startsWith(TEXT_OF))
            .map(it -> it.substring(TEXT_OF.length()))
            .collect(Collectors.joining(" or ", TEXT_OF, ""));
    return Stream.of(TraceFormat.values())
        .map(TraceFormat::whatToGive)
        .map(it -> it.startsWith(TEXT_OF) ? texts : it)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /**
   * The format of a file that was named.
   *
   * @throws TraceException if no format claims the file, or only one that was not asked for
   */
  TraceFormat ofNamed(NamedFile file) {
    Head head = Head.of(file);
    return asked
        .map(it -> checked(file, head, it))
        .or(() -> recognised(file, head))
        .orElseThrow(() -> unknown(file, head));
  }

  /**
   * The format that claims a file that begins like this; empty if none does.
   *
   * @throws TraceException if it is a text whose lines cannot be told apart
   */
  static Optional<TraceFormat> recognised(NamedFile file, Head head) {
    Optional<TraceFormat> format = TraceFormat.of(head);
    if (format.isPresent() && !format.get().hasMagic() && head.endsLinesWithReturns()) {
      throw TraceException.of(
          file.name(),
          "its lines end with carriage returns alone",
          "make them line feeds (tr '\\r' '\\n')");
    }
    return format;
  }

  /** The error that no format claims a file that begins like this. */
  static TraceException unknown(NamedFile file, Head head) {
    if (MachineFile.isOne(file.path())) {
      return TraceException.of(
          file.name(),
          "it describes the machine of a recording, and is no recording itself",
          "name the recording");
    }
    return UnsupportedFile.of(head)
        .map(it -> TraceException.of(file.name(), "it is " + it.sentence(), it.remedy()))
        .orElseGet(
            () ->
                TraceException.of(
                    file.name(), "it is in no trace format that is known here", WHAT_TO_GIVE));
  }

  /** Refuses a file that begins with the magic number of another format. */
  private static TraceFormat checked(NamedFile file, Head head, TraceFormat asked) {
    if (UnsupportedFile.of(head).isPresent()) {
      throw unknown(file, head);
    }
    recognised(file, head)
        .filter(it -> it != asked && it.hasMagic())
        .ifPresent(
            it -> {
              throw TraceException.of(
                  file.name(),
                  "it begins as %s does, and cannot be read as %s".formatted(it.id(), asked.id()),
                  "ask for no format, or for " + it.id());
            });
    return asked;
  }

  /** The choice as words that can follow "trace" in a sentence. */
  String inWords() {
    return asked.map(it -> " of the format " + it.id()).orElse("");
  }

  /** Whether files of this format are taken from folders. */
  boolean isWanted(TraceFormat found) {
    return asked.isEmpty() || asked.get() == found;
  }
}
