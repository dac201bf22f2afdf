package org.sysretreplay.analytics.verdict;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.Workers;
import org.sysretreplay.ingest.files.FileTrees;
import org.sysretreplay.ingest.files.NewFile;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.TemporaryFiles;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Has workers make a part of an output from each piece of the inputs. The parts are files in the
 * output's staging folder.
 *
 * @param name the name of the work, for people
 * @param heapBytes the most memory that one piece takes, in bytes
 * @param target the output as the user named it
 * @param ending the ending of the files' names
 */
public record PartsOutput(
    Workers workers,
    String name,
    long heapBytes,
    Path target,
    VerdictOutput output,
    String ending) {

  /** What a worker reports about a part that it made. */
  public interface Summary extends Serializable {

    /** What became of the records of the piece. */
    Intake intake();
  }

  /**
   * Makes parts.
   *
   * @param <T> what is reported about each
   */
  @FunctionalInterface
  public interface Maker<T extends Summary> extends Serializable {

    /**
     * Writes the part for a piece.
     *
     * @param options settings of the Hadoop file system that a store lies on
     * @throws TraceException where the piece cannot be read
     */
    T make(Piece piece, NewFile to, Map<String, String> options) throws IOException;
  }

  /**
   * A part of the output.
   *
   * @param file empty if a trace file turned out to be unreadable
   * @param summary what the worker reported; empty in the same case
   */
  public record Part<T extends Summary>(
      Piece piece, Optional<Path> file, Optional<T> summary, Intake intake) {}

  /** The output as the user named it, and the folder that its parts are written to. */
  private record Place(String target, String staging) implements Serializable {}

  /** The result of a piece. */
  private sealed interface Made<T extends Summary> extends Serializable {

    /** A part of the output was made. */
    record Written<T extends Summary>(String name, long sizeBytes, T summary) implements Made<T> {}

    /** The piece cannot be read. */
    record Refused<T extends Summary>(Intake intake) implements Made<T> {}
  }

  /**
   * Makes the parts of all pieces, in their order.
   *
   * @throws TraceException if a store cannot be read
   * @throws IOException if the workers do not write to this machine
   */
  public <T extends Summary> List<Part<T>> make(List<Piece> pieces, Maker<T> maker)
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

  private <T extends Summary> Part<T> part(Piece piece, Made<T> made) throws IOException {
    if (made instanceof Made.Written<T> written) {
      Path file = checked(output.staging().resolve(written.name()), written.sizeBytes());
      T summary = written.summary();
      return new Part<>(piece, Optional.of(file), Optional.of(summary), summary.intake());
    }
    Intake intake = ((Made.Refused<T>) made).intake();
    return new Part<>(piece, Optional.empty(), Optional.empty(), intake);
  }

  /**
   * Checks the size of the file: a worker on another machine may have written to a folder of the
   * same name there.
   */
  private static Path checked(Path file, long sizeBytes) throws IOException {
    long size = Files.exists(file) ? Files.size(file) : -1;
    if (size != sizeBytes) {
      throw new IOException(
          "the workers do not write to this machine's " + file.getParent().getParent());
    }
    return file;
  }

  private static <T extends Summary> Made<T> make(
      Piece piece, Maker<T> maker, Place place, String ending, Map<String, String> options) {
    String name = String.format(Locale.ROOT, "part-%05d%s", piece.number(), ending);
    try (NewFile file = FileTrees.at(Path.of(place.staging())).create(name)) {
      T summary = maker.make(piece, file, options);
      return new Made.Written<>(name, file.publish().sizeBytes(), summary);
    } catch (TraceException e) {
      return new Made.Refused<>(refused(piece, e));
    } catch (IOException e) {
      throw unwritable(place.target(), e);
    }
  }

  /**
   * An unreadable trace file is refused and the others go on; an unreadable store ends the work.
   */
  private static Intake refused(Piece piece, TraceException why) {
    if (piece instanceof Piece.File file) {
      return Intake.ofRefused(file.trace(), why);
    }
    throw why;
  }

  /**
   * The exception for an output that cannot be written. Output for standard output is first a
   * temporary file, for which the remedy differs.
   */
  public static OutputException unwritable(String target, IOException e) {
    return TemporaryFiles.isOne(Path.of(target))
        ? TemporaryFiles.full(e)
        : OutputException.unwritable(target, e);
  }
}
