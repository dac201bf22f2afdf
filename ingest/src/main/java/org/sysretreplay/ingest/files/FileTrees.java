package org.sysretreplay.ingest.files;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.parquet.io.InputFile;

/**
 * Opens the file system of a location: a path of this machine, {@code file:/...}, or {@code
 * scheme://...} of a Hadoop file system.
 */
public final class FileTrees {

  /** A URI has a scheme of two letters or more: one letter before a colon is a drive. */
  private static final Pattern URI_FORM = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(//.*|/.*)");

  private static final String FILE = "file";

  private FileTrees() {}

  /**
   * The folder at that location, which need not exist.
   *
   * @param options settings of Hadoop file systems, such as {@code fs.s3a.endpoint}
   * @throws UnknownSchemeException if no file system for its scheme is on the class path
   */
  public static FileTree at(String location, Map<String, String> options) throws IOException {
    Optional<Path> local = local(location);
    return local.isPresent()
        ? new LocalTree(local.get())
        : HadoopTree.at(remote(location), options);
  }

  /** The folder at that path, on any file system that the JDK knows. */
  public static FileTree at(Path folder) {
    return new LocalTree(folder);
  }

  /** The file at a location that {@link FileTree#locate} gave. */
  public static InputFile input(String location, Map<String, String> options) throws IOException {
    Optional<Path> local = local(location);
    return local.isPresent()
        ? new LocalFile(local.get())
        : HadoopTree.input(remote(location), options);
  }

  private static String remote(String location) throws IOException {
    if (scheme(location).equals(Optional.of(FILE))) {
      throw onAnotherMachine();
    }
    return location;
  }

  /** The error of a location such as {@code file://name/folder}, which is on another machine. */
  public static IOException onAnotherMachine() {
    return new IOException("file:// and a name is another machine's, file:/// is this one's");
  }

  /**
   * The path of a location on this machine; empty for one on another file system. A path that only
   * looks like a URI, because a folder's name has a colon, has to be written as {@code ./name:...}.
   */
  public static Optional<Path> local(String location) {
    Optional<String> scheme = scheme(location);
    if (scheme.isEmpty()) {
      return Optional.of(Path.of(location));
    }
    if (!scheme.get().equals(FILE)) {
      return Optional.empty();
    }
    String path = location.substring(FILE.length() + 1);
    // file://host/... is on another machine.
    boolean isLocal = path.startsWith("///") || !path.startsWith("//");
    return isLocal ? Optional.of(ofUri(path.replaceFirst("^/+", "/"))) : Optional.empty();
  }

  /** A path that is no valid URI, because of blanks or brackets, is taken literally. */
  private static Path ofUri(String path) {
    try {
      return Path.of(URI.create("file://" + path));
    } catch (IllegalArgumentException e) {
      return Path.of(path);
    }
  }

  /** The scheme of a location, in lower case; empty if the location is no URI. */
  static Optional<String> scheme(String location) {
    Matcher uri = URI_FORM.matcher(location);
    return uri.matches() ? Optional.of(uri.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
  }
}
