package org.sysretreplay.spark.source;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.sysretreplay.ingest.files.FileTrees;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.source.TraceInputs;

/** Resolves the paths of a query. */
final class SourcePaths {

  private SourcePaths() {}

  /** The session's settings of Hadoop file systems. */
  static Configuration configuration() {
    return HadoopSettings.of(SparkSession.active());
  }

  /**
   * The traces that the paths stand for now.
   *
   * @throws RuntimeException Spark's AnalysisException, if a path matches nothing or a file cannot
   *     be read
   */
  static List<TraceInput> find(SourceOptions options) {
    return find(options, files(options.paths()));
  }

  /**
   * The traces in files and folders.
   *
   * @throws RuntimeException Spark's AnalysisException, if one cannot be read
   */
  static List<TraceInput> find(SourceOptions options, List<java.nio.file.Path> files) {
    TraceInputs found = lookAt(options, files);
    if (!found.unreadable().isEmpty()) {
      throw Refusal.of(
          found.unreadable().stream().map(Throwable::getMessage).collect(Collectors.joining(" ")));
    }
    if (!found.stores().isEmpty()) {
      throw Refusal.of(
          "%s: it is a store, and no trace; load it as %s."
              .formatted(found.stores().get(0), SourceKind.STORE.format()));
    }
    return found.traces();
  }

  /** The traces in files and folders, and the errors of those that could not be opened. */
  static TraceInputs lookAt(SourceOptions options, List<java.nio.file.Path> files) {
    return TraceInputs.find(files, options.workload(), options.format());
  }

  /**
   * The files and folders that paths and globs stand for, as absolute paths: executors and later
   * runs of a stream work in other folders.
   *
   * @throws RuntimeException Spark's AnalysisException, if one matches nothing
   */
  static List<java.nio.file.Path> files(List<String> paths) {
    return files(paths, pattern -> false);
  }

  /**
   * The same for a stream, to which files still come: a glob may match nothing in its folder.
   *
   * @throws RuntimeException Spark's AnalysisException, if a path or a glob's folder is missing
   */
  static List<java.nio.file.Path> arrived(List<String> paths) {
    return files(paths, LocalPaths::mayMatchLater);
  }

  private static List<java.nio.file.Path> files(
      List<String> paths, Predicate<java.nio.file.Path> mayMatchNothing) {
    List<java.nio.file.Path> files = new ArrayList<>();
    Configuration settings = configuration();
    for (String path : paths) {
      List<java.nio.file.Path> found = now(path, settings);
      if (found.isEmpty() && FileTrees.local(path).filter(mayMatchNothing).isEmpty()) {
        throw Refusal.of(path + ": there is no such file; check the name.");
      }
      files.addAll(found);
    }
    return files;
  }

  private static List<java.nio.file.Path> now(String path, Configuration settings) {
    Optional<java.nio.file.Path> local = FileTrees.local(path);
    try {
      FileSystem system = fileSystem(path, local.isPresent(), settings);
      if (!system.getScheme().equals("file")) {
        throw Refusal.of(
            "%s: traces are read from files of the machine, and not from %s; mount it, copy the trace, or load a store of it as sysret-store."
                .formatted(path, system.getUri()));
      }
      java.nio.file.Path here = local.orElseThrow(FileTrees::onAnotherMachine);
      if (Files.exists(here)) {
        return List.of(LocalPaths.absolute(here));
      }
      return LocalPaths.matches(here);
    } catch (IOException | IllegalArgumentException e) {
      throw Refusal.of(
          "%s: it cannot be read (%s); check the name.".formatted(path, e.getMessage()));
    }
  }

  private static FileSystem fileSystem(String path, boolean hasNoScheme, Configuration settings)
      throws IOException {
    return hasNoScheme && !path.startsWith("file:")
        ? FileSystem.get(settings)
        : new Path(path).getFileSystem(settings);
  }

  /** Makes sure that every path exists, as far as that can be said before a stream begins. */
  static void check(SourceOptions options) {
    arrived(options.paths());
  }
}
