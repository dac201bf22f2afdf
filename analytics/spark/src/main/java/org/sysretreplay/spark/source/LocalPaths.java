package org.sysretreplay.spark.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.fs.GlobExpander;
import org.apache.hadoop.fs.GlobFilter;

/**
 * Paths and globs of this machine. Globs follow Hadoop's rules; Hadoop itself fails on folders in
 * which a file has a colon in its name, such as a time of day. Hidden files, whose names begin with
 * a dot or an underscore, match only a pattern that begins so, as in Spark's own sources.
 */
public final class LocalPaths {

  private LocalPaths() {}

  /**
   * The absolute path, without dots where that is the same file: behind a link, two dots lead
   * elsewhere.
   */
  static Path absolute(Path named) {
    Path full = named.toAbsolutePath();
    Path plain = full.normalize();
    try {
      // Equal paths are the same file without a look at the disk.
      return Files.isSameFile(plain, full) ? plain : full;
    } catch (IOException e) {
      // A file that is missing stays as it was named.
      return full;
    }
  }

  /**
   * The files and folders that match, as absolute paths in their order; none if there are none.
   *
   * @param pattern a path with globs; a relative one begins in the working folder, whose own name
   *     is no pattern
   * @throws IOException if the pattern is wrong, or a folder cannot be read
   */
  public static List<Path> matches(Path pattern) throws IOException {
    TreeSet<Path> found = new TreeSet<>();
    for (String each : GlobExpander.expand(pattern.toString())) {
      matchesWithoutBraces(Path.of(each)).forEach(it -> found.add(absolute(it)));
    }
    return List.copyOf(found);
  }

  /** Whether it is a glob in a folder that is there, so that files may come which it matches. */
  static boolean mayMatchLater(Path pattern) {
    Path folder = pattern.isAbsolute() ? pattern.getRoot() : Path.of("").toAbsolutePath();
    for (Path name : pattern) {
      if (isGlob(name.toString().replaceAll("\\\\.", ""))) {
        return Files.isDirectory(folder);
      }
      folder = folder.resolve(withoutEscapes(name.toString()));
    }
    return false;
  }

  /** Whether it has a sign of a glob, escaped or not. */
  public static boolean isGlob(String path) {
    return path.chars().anyMatch(it -> "*?[{".indexOf(it) >= 0);
  }

  /** Braces may still be within a name, but not around several. */
  private static List<Path> matchesWithoutBraces(Path pattern) throws IOException {
    Path start = pattern.isAbsolute() ? pattern.getRoot() : Path.of("").toAbsolutePath();
    List<Path> reached = List.of(start);
    for (Path name : pattern) {
      List<Path> next = new ArrayList<>();
      for (Path folder : reached) {
        next.addAll(in(folder, name.toString()));
      }
      reached = next;
    }
    return reached;
  }

  private static List<Path> in(Path folder, String name) throws IOException {
    GlobFilter filter = new GlobFilter(name);
    if (!filter.hasPattern()) {
      return Stream.of(folder.resolve(withoutEscapes(name))).filter(Files::exists).toList();
    }
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(it -> mayMatch(it, name) && filter.accept(hadoop(it)) && Files.exists(it))
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static String withoutEscapes(String name) {
    return name.replaceAll("\\\\(.)", "$1");
  }

  private static boolean mayMatch(Path file, String pattern) {
    char first = file.getFileName().toString().charAt(0);
    boolean isHidden = first == '.' || first == '_';
    return !isChecksum(file) && (!isHidden || withoutEscapes(pattern).charAt(0) == first);
  }

  /** Hadoop keeps checksums beside files, and shows them to nobody. */
  private static boolean isChecksum(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(".") && name.endsWith(".crc");
  }

  /** With a slash, because Hadoop otherwise takes what stands before a colon for a scheme. */
  private static org.apache.hadoop.fs.Path hadoop(Path file) {
    return new org.apache.hadoop.fs.Path("/" + file.getFileName());
  }
}
