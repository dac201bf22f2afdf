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
import org.sysretreplay.emulator.Route;

/** Describes models, 80 columns wide. */
public final class ModelText {

  private ModelText() {}

  /** One line for each model, and for each policy that can be added to a model. */
  public static String list(List<ExitModel> models) {
    TextTable table = new TextTable(Page.WIDTH).left("id").right("checks").wide("kernels");
    for (ExitModel model : models) {
      table.row(
          List.of(
              model.id(), Integer.toString(model.checks().size()), model.description().versions()));
    }
    Page page = new Page().table(table);
    page.title("Policies, laid over a model that has checks as in seed+exec-hits: what if");
    for (Policy policy : Policy.values()) {
      page.line("  " + policy.id()).indented(4, policy.sentence());
    }
    return page.toString();
  }

  /** Everything that is known of one model: routes, checks in order, versions and evidence. */
  public static String describe(ExitModel model) {
    Page page = new Page().line("Model " + model.id());
    page.indented(2, model.description().summary());
    page.space().line("Kernels: " + model.description().versions());
    page.line("Routes and versions are known from");
    model.description().evidence().forEach(evidence -> page.indented(2, evidence.toString()));
    checks(model, page);
    page.title("The ways back").table(routes(model));
    page.space()
        .paragraph(
            "Traced: the syscall events are recorded, which is work for every syscall; so is a ptracer that"
                + " stops at syscalls, such as strace.");
    if (model.rule().routes().byPath().containsValue(Route.FAST)) {
      page.space()
          .paragraph(
              "Where every syscall has other work, as --seccomp, --audit and --nohz-full say, one that"
                  + " is unchecked here takes the row of seccomp, of audit, or of other work at exit.");
    }
    compat(model, page);
    page.space();
    model.description().notes().forEach(page::paragraph);
    page.line(paging(model));
    return page.toString();
  }

  private static void checks(ExitModel model, Page page) {
    if (!model.hasCheck()) {
      page.title("No register is checked on any way back");
      return;
    }
    page.title("The checks, in the kernel's order");
    int number = 1;
    for (Check check : model.checks()) {
      page.line(" %2d  %-29s  %s".formatted(number++, check.condition().formula(), check.reason()));
      page.indented(5, check.sentence()).indented(5, "[" + check.evidence() + "]");
    }
  }

  private static TextTable routes(ExitModel model) {
    TextTable table = new TextTable(Page.WIDTH).left("untraced").left("traced").wrapped("way back");
    for (EntryPath path : EntryPath.values()) {
      table.row(
          List.of(
              model.route(path, Machine.UNTRACED).sentence(),
              model.route(path, Machine.TRACED).sentence(),
              path.sentence()));
    }
    return table;
  }

  private static void compat(ExitModel model, Page page) {
    if (model.rule().compat().isEmpty()) {
      return;
    }
    List<String> formulas = model.rule().compat().stream().map(Condition::formula).toList();
    page.title(
        "32-bit syscalls: SYSRETL needs "
            + String.join(", ", formulas)
            + ", a fast entry, and RIP at the vDSO's landing pad; a trace does not tell the last"
            + " two.");
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
