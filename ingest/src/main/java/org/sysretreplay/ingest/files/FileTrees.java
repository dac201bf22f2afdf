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
 * Finds what serves a location: a path of this machine, {@code file:/...}, or {@code scheme://...}
 * of a Hadoop file system.
 */
public final class FileTrees {

  /** One letter before a colon would be a drive. */
  private static final Pattern URI_FORM = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(//.*|/.*)");

  private static final String FILE = "file";

  private FileTrees() {}

  /**
   * The folder at that location, which need not exist.
   *
   * @param options settings of Hadoop file systems, such as {@code fs.s3a.endpoint}
   * @throws UnknownSchemeException where nothing serves its scheme
   */
  public static FileTree at(String location, Map<String, String> options) throws IOException {
    Optional<Path> local = local(location);
    return local.isPresent()
        ? new LocalTree(local.get())
        : HadoopTree.at(remote(location), options);
  }

  /** The folder at that path, which may be of any file system of the JDK. */
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
      throw new IOException("file:// and a name is another machine's, file:/// is this one's");
    }
    return location;
  }

  /**
   * The path of a location on this machine; empty for one of another file system. What merely looks
   * like a URI because a folder's name has a colon is written as {@code ./name:...}.
   */
  public static Optional<Path> local(String location) {
    Optional<String> scheme = scheme(location);
    if (scheme.isEmpty()) {
      return Optional.of(Path.of(location));
    }
    String path = location.substring(FILE.length() + 1);
    // file://host/... is another machine's.
    boolean isLocal =
        scheme.get().equals(FILE) && (path.startsWith("///") || !path.startsWith("//"));
    return isLocal ? Optional.of(ofUri(path.replaceFirst("^/+", "/"))) : Optional.empty();
  }

  /** People write blanks and brackets into URIs as they are; such a path is taken as it stands. */
  private static Path ofUri(String path) {
    try {
      return Path.of(URI.create("file://" + path));
    } catch (IllegalArgumentException e) {
      return Path.of(path);
    }
  }

  /** The scheme of a location that is a URI. */
  static Optional<String> scheme(String location) {
    Matcher uri = URI_FORM.matcher(location);
    return uri.matches() ? Optional.of(uri.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
  }
}
