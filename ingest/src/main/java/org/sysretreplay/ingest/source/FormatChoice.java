package org.sysretreplay.ingest.source;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.ingest.trace.Head;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Which formats are read.
 *
 * @param asked the format of every file that is named, and the only one that is taken from folders;
 *     found out by the first bytes where empty
 */
record FormatChoice(Optional<TraceFormat> asked) {

  private static final String TEXT_OF = "the text of ";

  /** The remedy where there is no trace to read. */
  static final String WHAT_TO_GIVE = "give " + formats() + ", or a folder of them";

  /** What the formats are called; the programs whose text is read are told in one breath. */
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
   * @throws TraceException if no format claims it, or another than the one that was asked for
   */
  TraceFormat ofNamed(NamedFile file) {
    Head head = Head.of(file);
    return asked
        .map(it -> checked(file, head, it))
        .or(() -> TraceFormat.of(head))
        .orElseThrow(() -> unknown(file, head));
  }

  private static TraceException unknown(NamedFile file, Head head) {
    if (MachineFile.isOne(file.path())) {
      return TraceException.of(
          file.name(),
          "it tells of the machine of a recording and is none itself",
          "name the recording");
    }
    return OtherFile.of(head)
        .map(it -> TraceException.of(file.name(), "it is " + it.sentence(), it.remedy()))
        .orElseGet(
            () ->
                TraceException.of(
                    file.name(), "it is in no trace format that is known here", WHAT_TO_GIVE));
  }

  /** A magic number cannot stand at the start of a file of another format. */
  private static TraceFormat checked(NamedFile file, Head head, TraceFormat asked) {
    if (OtherFile.of(head).isPresent()) {
      throw unknown(file, head);
    }
    TraceFormat.of(head)
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

  /** To be put behind "trace" in a sentence. */
  String inWords() {
    return asked.map(it -> " of the format " + it.id()).orElse("");
  }

  /** Whether files of this format are taken from folders. */
  boolean isWanted(TraceFormat found) {
    return asked.isEmpty() || asked.get() == found;
  }
}
