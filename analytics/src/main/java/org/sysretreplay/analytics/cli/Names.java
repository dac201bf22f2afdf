package org.sysretreplay.analytics.cli;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.choice.Formats;
import org.sysretreplay.analytics.choice.ModelChoice;
import org.sysretreplay.analytics.listing.FrameColumns;
import org.sysretreplay.analytics.listing.ListFormat;
import org.sysretreplay.analytics.verdict.VerdictFormat;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;

/**
 * The values that options take, for help texts and completion: one class for each, as picocli asks.
 * They are listed when somebody asks, which a command that runs does not.
 */
final class Names {

  private Names() {}

  private abstract static class Values implements Iterable<String> {

    /** All of them, in the order in which help shows them. */
    abstract List<String> list();

    @Override
    public Iterator<String> iterator() {
      return list().iterator();
    }
  }

  /** What {@code --by} takes. */
  static final class Columns extends Values {
    @Override
    List<String> list() {
      return GroupColumn.USAGES;
    }
  }

  /** What {@code --entry} takes. */
  static final class Entries extends Values {
    @Override
    List<String> list() {
      return Stream.of(EntryKind.values()).map(EntryKind::key).toList();
    }
  }

  /** What {@code --path} takes. */
  static final class Paths extends Values {
    @Override
    List<String> list() {
      return Stream.of(EntryPath.values()).map(EntryPath::key).toList();
    }
  }

  /** What {@code --input-format} takes. */
  static final class TraceFormats extends Values {
    @Override
    List<String> list() {
      return Formats.IDS;
    }
  }

  /** What {@code --format} of a report takes. */
  static final class ReportFormats extends Values {
    @Override
    List<String> list() {
      return Choice.keys(ReportOutput.Format.class);
    }
  }

  /** What {@code --format} of a comparison takes. */
  static final class ComparisonFormats extends Values {
    @Override
    List<String> list() {
      return Choice.keys(CompareOutput.Format.class);
    }
  }

  /** What {@code --format} of a list of frames takes. */
  static final class ListFormats extends Values {
    @Override
    List<String> list() {
      return Choice.keys(ListFormat.class);
    }
  }

  /** What {@code --format} of verdicts takes. */
  static final class VerdictFormats extends Values {
    @Override
    List<String> list() {
      return Choice.keys(VerdictFormat.class);
    }
  }

  /** What {@code --columns} of verdicts takes. */
  static final class VerdictColumns extends Values {
    @Override
    List<String> list() {
      return Choice.keys(FrameColumns.class);
    }
  }

  /** The ids of models. */
  static final class Models extends Values {
    @Override
    List<String> list() {
      return ExitModels.all().stream().map(ExitModel::id).toList();
    }
  }

  /** The ids of models, and the model of each trace's own kernel. */
  static final class OwnOrModels extends Values {
    @Override
    List<String> list() {
      return Stream.concat(Stream.of(ModelChoice.AUTO), new Models().list().stream()).toList();
    }
  }

  /** The same, and all models at once. */
  static final class ManyModels extends Values {
    @Override
    List<String> list() {
      return Stream.concat(Stream.of(ModelChoice.ALL), new OwnOrModels().list().stream()).toList();
    }
  }

  /** The names of commands that help tells of. */
  static final class Commands extends Values {
    @Override
    List<String> list() {
      return Cli.names();
    }
  }
}
