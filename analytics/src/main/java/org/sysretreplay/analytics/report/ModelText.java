package org.sysretreplay.analytics.report;

import java.util.List;
import org.sysretreplay.emulator.Addresses;
import org.sysretreplay.emulator.Check;
import org.sysretreplay.emulator.Condition;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.Hex;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Policy;

/** Models for a reader, 80 columns wide. */
public final class ModelText {

  private static final int WIDTH = 80;

  private ModelText() {}

  /** One line for each model, and for each policy that can be laid over one. */
  public static String list(List<ExitModel> models) {
    TextTable table = new TextTable(WIDTH).left("id").right("checks").wide("kernels");
    for (ExitModel model : models) {
      table.row(
          List.of(
              model.id(), Integer.toString(model.checks().size()), model.description().versions()));
    }
    StringBuilder out = new StringBuilder(table.render());
    out.append("\nPolicies, laid over a model that has checks as in seed+exec-hits: what if\n");
    for (Policy policy : Policy.values()) {
      out.append("  ").append(policy.id()).append('\n');
      out.append(Wrap.text(policy.sentence(), 4, WIDTH));
    }
    return out.toString();
  }

  /** Everything that is known of one model: routes, checks in order, versions and evidence. */
  public static String describe(ExitModel model) {
    StringBuilder out = new StringBuilder();
    out.append("Model ").append(model.id()).append('\n');
    out.append(Wrap.text(model.description().summary(), 2, WIDTH));
    out.append("\nKernels: ").append(model.description().versions()).append('\n');
    out.append("Routes and versions are known from\n");
    model
        .description()
        .evidence()
        .forEach(evidence -> out.append(Wrap.text(evidence.toString(), 2, WIDTH)));
    checks(model, out);
    out.append("\nThe ways back\n").append(routes(model));
    compat(model, out);
    out.append('\n');
    model.description().notes().forEach(note -> out.append(Wrap.text(note, 0, WIDTH)));
    out.append(paging(model)).append('\n');
    return out.toString();
  }

  private static void checks(ExitModel model, StringBuilder out) {
    if (!model.hasCheck()) {
      out.append("\nNo register is checked on any way back\n");
      return;
    }
    out.append("\nThe checks, in the kernel's order\n");
    int number = 1;
    for (Check check : model.checks()) {
      out.append(
          " %2d  %-29s  %s%n".formatted(number++, check.condition().formula(), check.reason()));
      out.append(Wrap.text(check.sentence(), 5, WIDTH));
      out.append(Wrap.text("[" + check.evidence() + "]", 5, WIDTH));
    }
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

  private static void compat(ExitModel model, StringBuilder out) {
    if (model.rule().compat().isEmpty()) {
      return;
    }
    List<String> formulas = model.rule().compat().stream().map(Condition::formula).toList();
    out.append('\n');
    out.append(
        Wrap.text(
            "32-bit syscalls: SYSRETL needs "
                + String.join(", ", formulas)
                + ", a fast entry, and RIP at the vDSO's landing pad; a trace does not tell the last"
                + " two.",
            0,
            WIDTH));
  }

  private static String paging(ExitModel model) {
    Machine la57 = Machine.TRACED.withLa57(true);
    if (!model.supports(la57)) {
      return "Cannot run with 5-level paging (--la57).";
    }
    boolean limit = model.checks().stream().anyMatch(it -> isLimit(it.condition()));
    boolean extension = model.checks().stream().anyMatch(it -> isExtension(it.condition()));
    if (limit) {
      return "With --la57 the limit is " + Hex.of(Addresses.userLimit(la57)) + ".";
    }
    return extension
        ? "With --la57 the sign extends from bit 56."
        : "Paging makes no difference (--la57).";
  }

  private static boolean isLimit(Condition condition) {
    return condition instanceof Condition.BelowUserLimit;
  }

  private static boolean isExtension(Condition condition) {
    return condition instanceof Condition.SignExtends;
  }
}
