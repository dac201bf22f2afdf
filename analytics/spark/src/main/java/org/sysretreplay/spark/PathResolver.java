package org.sysretreplay.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sysretreplay.analytics.choice.FoundSources;
import org.sysretreplay.ingest.files.FileTrees;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.spark.source.LocalPaths;

/**
 * Resolves paths as Spark does: with globs, and relative to the session's default file system.
 *
 * @param settings the settings of Hadoop file systems
 * @param isLocal whether the executors run in this process, and so in its working directory
 */
record PathResolver(Configuration settings, boolean isLocal) {

  private static final String FILE = "file";

  /**
   * All files and folders that the paths stand for, each as a path or a URI.
   *
   * @throws TraceException if a glob matches nothing
   */
  List<String> of(List<String> paths) {
    List<String> places = new ArrayList<>();
    paths.forEach(it -> places.addAll(all(it)));
    return places;
  }

  /** The location that a path without globs stands for, whether it exists or not. */
  String of(String path) {
    if (path.isBlank()) {
      throw TraceException.of("\"" + path + "\"", "this is no path", "name a file or a folder");
    }
    Optional<java.nio.file.Path> here = FileTrees.local(path);
    if (here.isEmpty()) {
      return path;
    }
    if (!path.startsWith(FILE + ":") && !isHereByDefault()) {
      return qualified(path);
    }
    return isLocal ? path : FoundSources.absolute(path);
  }

  private boolean isHereByDefault() {
    return FILE.equals(FileSystem.getDefaultUri(settings).getScheme());
  }

  private String qualified(String path) {
    try {
      return FileSystem.get(settings).makeQualified(new Path(path)).toString();
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(path, e);
    }
  }

  private List<String> all(String path) {
    String place = of(path);
    Optional<java.nio.file.Path> here = FileTrees.local(place);
    boolean isNamed = here.isPresent() && Files.exists(here.get());
    return isNamed || !LocalPaths.isGlob(path) ? List.of(place) : matches(path, place);
  }

  /** A glob of this machine is taken as it was named: a working folder's name is no pattern. */
  private List<String> matches(String path, String place) {
    try {
      List<?> found =
          FileTrees.local(place).isPresent()
              ? LocalPaths.matches(FileTrees.local(path).orElseThrow())
              : elsewhere(new Path(place));
      if (found.isEmpty()) {
        throw TraceException.of(path, "no file and no folder is called so", "check the pattern");
      }
      return found.stream().map(Object::toString).toList();
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(path, e);
    }
  }

  private List<Path> elsewhere(Path glob) throws IOException {
    FileStatus[] found = glob.getFileSystem(settings).globStatus(glob);
    return found == null ? List.of() : Stream.of(found).map(FileStatus::getPath).toList();
  }

  private static TraceException unreadable(String path, Exception e) {
    return TraceException.of(
        path, "it cannot be read (" + OutputException.why(e) + ")", "check the name", e);
  }
}
