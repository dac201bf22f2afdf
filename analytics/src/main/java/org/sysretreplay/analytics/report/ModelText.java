package org.sysretreplay.analytics.report;

import java.util.List;
import org.sysretreplay.emulator.Check;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.Machine;

/** Models for a reader, 80 columns wide. */
public final class ModelText {

  private static final int WIDTH = 80;

  private ModelText() {}

  /** One line for each model. */
  public static String list(List<ExitModel> models) {
    TextTable table = new TextTable(WIDTH).left("id").right("checks").wide("kernels");
    for (ExitModel model : models) {
      table.row(
          List.of(
              model.id(), Integer.toString(model.checks().size()), model.description().versions()));
    }
    return table.render();
  }

  /** Everything that is known of one model: routes, checks in order, versions and evidence. */
  public static String describe(ExitModel model) {
    StringBuilder out = new StringBuilder();
    out.append("Model ").append(model.id()).append('\n');
    out.append(Wrap.text(model.description().summary(), 2, WIDTH));
    out.append("\nKernels: ").append(model.description().versions()).append('\n');
    out.append(Wrap.text("Known from: " + model.description().evidence(), 0, WIDTH));
    out.append("\nThe checks, in the kernel's order; all 64 bits count\n");
    int number = 1;
    for (Check check : model.checks()) {
      out.append(
          "  %d  %-20s  %s%n".formatted(number++, check.condition().formula(), check.reason()));
      out.append(Wrap.text(check.sentence(), 5, WIDTH));
    }
    out.append("\nThe ways back\n").append(routes(model));
    return out.toString();
  }

  private static String routes(ExitModel model) {
    TextTable table = new TextTable(WIDTH).wide("way back").left("untraced").left("traced");
    for (EntryPath path : EntryPath.values()) {
      table.row(
          List.of(
              path.sentence(),
              model.route(path, Machine.UNTRACED).sentence(),
              model.route(path, Machine.TRACED).sentence()));
    }
    return table.render();
  }
}
