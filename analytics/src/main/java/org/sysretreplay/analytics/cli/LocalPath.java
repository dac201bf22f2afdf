package org.sysretreplay.analytics.cli;

import java.nio.file.Path;
import org.sysretreplay.ingest.files.FileTrees;
import picocli.CommandLine.ITypeConverter;

/** Takes a path as a path or as a URI of a local file. */
final class LocalPath implements ITypeConverter<Path> {

  @Override
  public Path convert(String text) {
    return FileTrees.local(text).orElseGet(() -> Path.of(text));
  }
}
