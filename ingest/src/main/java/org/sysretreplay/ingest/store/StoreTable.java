package org.sysretreplay.ingest.store;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The tables of a store that have part files for every trace; the lower-case names are folders. */
public enum StoreTable {
  FRAMES,
  REJECTS,
  /** Only traces with mappings have a file in it. */
  MAPS;

  /** The name of the folder. */
  public String folder() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The table in that folder, if there is one. */
  static Optional<StoreTable> ofFolder(String folder) {
    return Stream.of(values()).filter(it -> it.folder().equals(folder)).findFirst();
  }
}
