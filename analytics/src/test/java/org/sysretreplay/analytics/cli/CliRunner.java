package org.sysretreplay.analytics.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Runs command lines in this process, as {@link Main} does in its own. */
public final class CliRunner {

  /** The exit code and the output of a command line. */
  public record Result(int exit, String out, String err) {

    /** The lines of standard error. */
    public List<String> errLines() {
      return err.lines().toList();
    }
  }

  private CliRunner() {}

  /** Runs one command line for a terminal that shows ASCII only. */
  public static Result run(Object... args) {
    return run(new Terminal(false, false), args);
  }

  /** Runs one command line; the arguments are texts or paths. */
  public static Result run(Terminal terminal, Object... args) {
    return run((out, err) -> new Cli(out, err, terminal), args);
  }

  /** Runs one command line with a PATH and a kernel of the test's own. */
  static Result runIn(Surroundings surroundings, Object... args) {
    return run((out, err) -> new Cli(out, err, new Terminal(false, false), surroundings), args);
  }

  private static Result run(BiFunction<PrintWriter, PrintWriter, Cli> cli, Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        cli.apply(new PrintWriter(out), new PrintWriter(err))
            .run(Stream.of(args).map(Object::toString).toArray(String[]::new));
    return new Result(exit, out.toString(), err.toString());
  }
}
