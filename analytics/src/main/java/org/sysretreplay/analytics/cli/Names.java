package org.sysretreplay.analytics.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.ingest.source.TraceFormat;

/**
 * The values that options take, for help texts and completion: one class for each, as picocli asks.
 */
final class Names {

  private Names() {}

  private abstract static class Values extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Values(List<String> values) {
      super(values);
    }
  }

  /** What {@code --by} takes. */
  static final class Columns extends Values {
    private static final long serialVersionUID = 1L;

    Columns() {
      super(GroupColumn.USAGES);
    }
  }

  /** What {@code --entry} takes. */
  static final class Entries extends Values {
    private static final long serialVersionUID = 1L;

    Entries() {
      super(Stream.of(EntryKind.values()).map(EntryKind::key).toList());
    }
  }

  /** What {@code --path} takes. */
  static final class Paths extends Values {
    private static final long serialVersionUID = 1L;

    Paths() {
      super(Stream.of(EntryPath.values()).map(EntryPath::key).toList());
    }
  }

  /** What {@code --input-format} takes. */
  static final class TraceFormats extends Values {
    private static final long serialVersionUID = 1L;

    TraceFormats() {
      super(
          Stream.concat(
                  Stream.of(InputFormat.AUTO), Stream.of(TraceFormat.values()).map(TraceFormat::id))
              .toList());
    }
  }
}
