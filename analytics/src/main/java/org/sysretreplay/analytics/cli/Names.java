package org.sysretreplay.analytics.cli;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.choice.Formats;
import org.sysretreplay.analytics.choice.ModelChoice;
import org.sysretreplay.analytics.listing.FrameDetail;
import org.sysretreplay.analytics.listing.ListFormat;
import org.sysretreplay.analytics.verdict.VerdictFormat;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;

/**
 * The values that options take, for help texts and completion; picocli wants a class for each
 * option. The lists are made only on demand, since a command that just runs does not need them.
 */
final class Names {

  private Names() {}

  private abstract static class Values implements Iterable<String> {

    /** All values, in the order in which help shows them. */
    abstract List<String> list();

    @Override
    public Iterator<String> iterator() {
      return list().iterator();
    }
  }

  /** The values of {@code --by}. */
  static final class Columns extends Values {
    @Override
    List<String> list() {
      return GroupColumn.USAGES;
    }
  }

  /** The values of {@code --entry}. */
  static final class Entries extends Values {
    @Override
    List<String> list() {
      return Stream.of(EntryKind.values()).map(EntryKind::key).toList();
    }
  }

  /** The values of {@code --path}. */
  static final class Paths extends Values {
    @Override
    List<String> list() {
      return Stream.of(EntryPath.values()).map(EntryPath::key).toList();
    }
  }

  /** The values of {@code --input-format}. */
  static final class TraceFormats extends Values {
    @Override
    List<String> list() {
      return Formats.IDS;
    }
  }

  /** The values of {@code --format} of a report. */
  static final class ReportFormats extends Values {
    @Override
    List<String> list() {
      return EnumOption.keys(ReportOutput.Format.class);
    }
  }

  /** The values of {@code --format} of a comparison. */
  static final class ComparisonFormats extends Values {
    @Override
    List<String> list() {
      return EnumOption.keys(CompareOutput.Format.class);
    }
  }

  /** The values of {@code --format} of a list of frames. */
  static final class ListFormats extends Values {
    @Override
    List<String> list() {
      return EnumOption.keys(ListFormat.class);
    }
  }

  /** The values of {@code --format} of verdicts. */
  static final class VerdictFormats extends Values {
    @Override
    List<String> list() {
      return EnumOption.keys(VerdictFormat.class);
    }
  }

  /** The values of {@code --columns} of verdicts. */
  static final class VerdictColumns extends Values {
    @Override
    List<String> list() {
      return EnumOption.keys(FrameDetail.class);
    }
  }

  /** The ids of models. */
  static final class Models extends Values {
    @Override
    List<String> list() {
      return ExitModels.all().stream().map(ExitModel::id).toList();
    }
  }

  /** The ids of models, and {@code auto} for the model of each trace's own kernel. */
  static final class OwnOrModels extends Values {
    @Override
    List<String> list() {
      return Stream.concat(Stream.of(ModelChoice.AUTO), new Models().list().stream()).toList();
    }
  }

  /** The same, and {@code all}. */
  static final class ManyModels extends Values {
    @Override
    List<String> list() {
      return Stream.concat(Stream.of(ModelChoice.ALL), new OwnOrModels().list().stream()).toList();
    }
  }

  /** The names of all commands. */
  static final class Commands extends Values {
    @Override
    List<String> list() {
      return Cli.names();
    }
  }
}
