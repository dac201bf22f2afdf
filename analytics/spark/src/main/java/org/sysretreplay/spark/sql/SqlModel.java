package org.sysretreplay.spark.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.emulator.Check;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.Exit;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.emulator.Register;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Route;

/** A model's checks and routes as SQL, made from the model's own data. */
record SqlModel(ExitModel model, Machine machine, SqlDialect dialect) {

  /**
   * Any registers will do: on a traced machine the outcome depends on them only where a check is
   * reached.
   */
  private static final Registers ANY = Registers.ofSyscall(0, 0);

  /**
   * True if a register is null. This is tested first, because a comparison with null is neither
   * true nor false, so that no check would fail.
   */
  private static final String WITHOUT_VALUE =
      Stream.of(Register.values())
          .map(it -> it.key() + " is null")
          .collect(Collectors.joining(" or "));

  /** A text as a literal. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String in(List<EntryPath> paths) {
    return paths.stream()
        .map(path -> literal(path.key()))
        .collect(Collectors.joining(", ", "path in (", ")"));
  }

  private List<EntryPath> on(Route route) {
    return Stream.of(EntryPath.values())
        .filter(path -> model.route(path, machine) == route)
        .toList();
  }

  private Map<Outcome, List<EntryPath>> unchecked() {
    Map<Outcome, List<EntryPath>> paths = new EnumMap<>(Outcome.class);
    Stream.of(EntryPath.values())
        .filter(path -> model.route(path, machine) != Route.CHECK)
        .forEach(
            path ->
                paths
                    .computeIfAbsent(
                        model.judge(Exit.of(path, ANY), machine).outcome(), it -> new ArrayList<>())
                    .add(path));
    return paths;
  }

  /**
   * An expression for the outcome by way back.
   *
   * @param checked the expression for ways that reach the check
   */
  private String byPath(String checked, String indent) {
    List<String> cases = new ArrayList<>();
    cases.add(
        "when %s then %s"
            .formatted(
                WITHOUT_VALUE, dialect.error("'a frame lacks registers, on the path ' || path")));
    if (!on(Route.CHECK).isEmpty()) {
      cases.add("when %s then %s".formatted(in(on(Route.CHECK)), checked));
    }
    unchecked()
        .forEach(
            (outcome, paths) ->
                cases.add("when %s then %s".formatted(in(paths), literal(outcome.name()))));
    cases.add("else " + dialect.error("'no model knows the path ' || coalesce(path, 'null')"));
    return cases.stream()
        .collect(
            Collectors.joining(
                "\n" + indent + "  ", "case\n" + indent + "  ", "\n" + indent + "end"));
  }

  private String sql(Check check) {
    return SqlCondition.of(check.condition(), machine);
  }

  private String formula(Check check) {
    return check.condition().formula(machine);
  }

  /** An expression for the outcome alone. */
  String outcome(String indent) {
    String all = model.checks().stream().map(this::sql).collect(Collectors.joining(" and "));
    return byPath(
        "case when %s then %s else %s end"
            .formatted(all, literal(Outcome.SYSRET.name()), literal(Outcome.IRET_MISS.name())),
        indent);
  }

  /**
   * A query of every exit with the model's verdict: {@code unchecked} is the outcome if no check is
   * reached, {@code first_failing} and {@code all_failing} are the checks that would fail, and
   * {@code doubtful} says whether the trace leaves the return open.
   */
  String verdicts() {
    return """
      -- %s: %s
      select *,
        %s as model,
        %s as unchecked,
        %s as first_failing,
        %s as all_failing,
        %s as doubtful
      from frame_details
      where is_exit
    """
        .formatted(
            model.id(),
            model.description().summary(),
            literal(model.id()),
            byPath("null", "    "),
            firstFailing(),
            allFailing(),
            doubtful())
        .stripTrailing();
  }

  private String firstFailing() {
    return model.hasCheck()
        ? model.checks().stream()
            .map(
                it ->
                    "      when not (%s) then %s -- unless %s\n"
                        .formatted(sql(it), literal(it.reason().name()), formula(it)))
            .collect(Collectors.joining("", "case\n", "    end"))
        : "cast(null as varchar(32))";
  }

  /** All failing checks, in the same order as in JSON and Parquet. */
  private String allFailing() {
    return dialect.known(
        Arrays.stream(MissReason.values())
            .flatMap(reason -> model.checks().stream().filter(it -> it.reason() == reason))
            .map(
                it ->
                    "case when not (%s) then %s end"
                        .formatted(sql(it), literal(it.reason().name())))
            .toList());
  }

  private String doubtful() {
    List<String> cases = new ArrayList<>();
    if (!on(Route.COMPAT_CHECK).isEmpty()) {
      cases.add(
          Stream.concat(
                  Stream.of(in(on(Route.COMPAT_CHECK))),
                  model.rule().compat().stream().map(it -> SqlCondition.of(it, machine)))
              .collect(Collectors.joining(" and ")));
    }
    return cases.isEmpty() ? "false" : String.join(" or ", cases);
  }
}
