package org.sysretreplay.analytics.verdict;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.Workers;
import org.sysretreplay.analytics.verdict.Verdicts.Piece;
import org.sysretreplay.ingest.files.FileTrees;
import org.sysretreplay.ingest.files.NewFile;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.TemporaryFiles;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Makes a part of an output from each piece of the inputs, all workers at once, in files that lie
 * where the output is being made.
 *
 * @param name of the work, for people
 * @param heapBytes how much memory one piece takes at most
 * @param target the output as the user named it
 * @param ending of the names of the files
 */
public record PartsOutput(
    Workers workers,
    String name,
    long heapBytes,
    Path target,
    VerdictOutput output,
    String ending) {

  /** What is told of a part when it is made. */
  public interface Told extends Serializable {

    /** What became of the records of the piece. */
    Intake intake();
  }

  /**
   * Makes parts.
   *
   * @param <T> what is told of each
   */
  @FunctionalInterface
  public interface Maker<T extends Told> extends Serializable {

    /**
     * Writes the part of a piece.
     *
     * @param options settings of the Hadoop file system that a store lies on
     * @throws TraceException where the piece cannot be read
     */
    T make(Piece piece, NewFile to, Map<String, String> options) throws IOException;
  }

  /**
   * A part.
   *
   * @param file is empty where a trace file turned out to be unreadable
   */
  public record Part<T extends Told>(
      Piece piece, Optional<Path> file, Optional<T> told, Intake intake) {}

  /** The output as the user named it, and where its parts are written. */
  private record Place(String target, String staging) implements Serializable {}

  /** What became of a piece. */
  private sealed interface Made<T extends Told> extends Serializable {

    /** A part of the output was made from it. */
    record Written<T extends Told>(String name, long sizeBytes, T told) implements Made<T> {}

    /** It cannot be read. */
    record Refused<T extends Told>(Intake intake) implements Made<T> {}
  }

  /**
   * Makes the parts of all pieces, in their order.
   *
   * @throws TraceException where a store cannot be read
   * @throws IOException where the workers do not write to this machine
   */
  public <T extends Told> List<Part<T>> make(List<Piece> pieces, Maker<T> maker)
      throws IOException {
    Place place = new Place(target.toString(), output.staging().toString());
    String last = ending;
    Map<String, String> options = workers.fileSystemOptions();
    List<Piece> of = new ArrayList<>();
    List<Made<T>> made = new ArrayList<>();
    workers.<Piece, Made<T>>each(
        name,
        pieces,
        heapBytes,
        piece -> make(piece, maker, place, last, options),
        (piece, each) -> {
          of.add(piece);
          made.add(each);
        },
        each -> {});
    List<Part<T>> parts = new ArrayList<>();
    for (int i = 0; i < made.size(); i++) {
      parts.add(part(of.get(i), made.get(i)));
    }
    return parts;
  }

  private <T extends Told> Part<T> part(Piece piece, Made<T> made) throws IOException {
    if (made instanceof Made.Written<T> written) {
      Path file = checked(output.staging().resolve(written.name()), written.sizeBytes());
      T told = written.told();
      return new Part<>(piece, Optional.of(file), Optional.of(told), told.intake());
    }
    Intake intake = ((Made.Refused<T>) made).intake();
    return new Part<>(piece, Optional.empty(), Optional.empty(), intake);
  }

  /** A worker may have written to a place of its own, which is called as the output is. */
  private static Path checked(Path file, long sizeBytes) throws IOException {
    long size = Files.exists(file) ? Files.size(file) : -1;
    if (size != sizeBytes) {
      throw new IOException(
          "the workers do not write to this machine's " + file.getParent().getParent());
    }
    return file;
  }

  private static <T extends Told> Made<T> make(
      Piece piece, Maker<T> maker, Place place, String ending, Map<String, String> options) {
    String name = "part-%05d%s".formatted(piece.number(), ending);
    try (NewFile file = FileTrees.at(Path.of(place.staging())).create(name)) {
      T told = maker.make(piece, file, options);
      return new Made.Written<>(name, file.publish().sizeBytes(), told);
    } catch (TraceException e) {
      return new Made.Refused<>(refused(piece, e));
    } catch (IOException e) {
      throw unwritable(place.target(), e);
    }
  }

  /** A file that turns out to be unreadable is refused; a store is no store any more. */
  private static Intake refused(Piece piece, TraceException why) {
    if (piece instanceof Piece.File file) {
      return Intake.ofRefused(file.trace(), why);
    }
    throw why;
  }

  /** What is written to standard output in the end is a temporary file before. */
  public static OutputException unwritable(String target, IOException e) {
    return TemporaryFiles.isOne(Path.of(target))
        ? TemporaryFiles.full(e)
        : OutputException.unwritable(target, e);
  }
}
