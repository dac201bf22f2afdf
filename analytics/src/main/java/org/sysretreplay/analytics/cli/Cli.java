package org.sysretreplay.analytics.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The program without its process: takes arguments, gives an exit code, and writes to the given
 * standard output and standard error.
 */
public final class Cli {

  /** All commands, in the order in which help shows them. */
  private static final List<Class<?>> COMMANDS =
      List.of(
          RecordCommand.class,
          ReportCommand.class,
          FramesCommand.class,
          IngestCommand.class,
          ReplayCommand.class,
          CompareCommand.class,
          ExplainCommand.class,
          ModelsCommand.class,
          GenerateCommand.class,
          VerifyCommand.class,
          NotebookCommand.class,
          HelpCommand.class,
          VersionCommand.class);

  private static final String HELP = "help";

  private final PrintWriter out;
  private final PrintWriter err;
  private final Terminal terminal;
  private final Surroundings surroundings;

  public Cli(PrintWriter out, PrintWriter err, Terminal terminal) {
    this(out, err, terminal, Surroundings.ofThisProcess());
  }

  Cli(PrintWriter out, PrintWriter err, Terminal terminal, Surroundings surroundings) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.surroundings = surroundings;
  }

  /** Runs one command line and gives its exit code. */
  public int run(String... args) {
    Messages messages = new Messages(err);
    try {
      return root(commands(args), messages).execute(args);
    } catch (Error e) {
      return error(e, messages);
    }
  }

  /** All commands, for reading their descriptions only. */
  static CommandLine model() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Cli cli = new Cli(nowhere, nowhere, new Terminal(false, false));
    return cli.root(COMMANDS, new Messages(nowhere));
  }

  private CommandLine root(List<Class<?>> commands, Messages messages) {
    CommandFactory factory =
        new CommandFactory(terminal, new Output(out, terminal.shown()), messages, surroundings);
    CommandLine root = new CommandLine(new Root(), factory);
    // A command's modelTransformer is only applied if the command has a CommandLine of its own.
    commands.forEach(it -> root.addSubcommand(new CommandLine(it, factory)));
    root.setResourceBundle(new HelpTexts());
    root.getSubcommands()
        .values()
        .forEach(it -> it.getCommandSpec().versionProvider(new VersionProvider()));
    return root.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
        .setOut(printable(out))
        .setErr(printable(err))
        .setExpandAtFiles(false)
        .registerConverter(Path.class, new LocalPath())
        .setUsageHelpLongOptionsMaxWidth(28)
        .setUsageHelpWidth(80)
        .setParameterExceptionHandler(new UsageErrors(messages))
        .setExecutionExceptionHandler(new ToldErrors(messages));
  }

  /** Reports an error, which picocli's handlers do not get to see; gives the exit code. */
  private static int error(Error e, Messages messages) {
    if (NativeLibraries.areMissingFor(e)) {
      messages.error(NativeLibraries.complaint(e));
      return ExitCode.USAGE;
    }
    if (e instanceof OutOfMemoryError) {
      messages.error(
          "there is too little memory: Java may use %,d MB; give it more, as with JAVA_TOOL_OPTIONS=-Xmx2g."
              .formatted(Runtime.getRuntime().maxMemory() >> 20));
      return ExitCode.USAGE;
    }
    messages.bug(e);
    return ExitCode.BUG;
  }

  /** For help texts and messages of picocli, which may quote arguments as they are. */
  private static PrintWriter printable(PrintWriter to) {
    return new PrintWriter(new PrintableWriter(to), true);
  }

  /**
   * The command that the line begins with or asks help for. All commands if there is no such
   * command, so that help lists them. Only one is loaded because loading all takes a quarter of a
   * short command's time.
   */
  private static List<Class<?>> commands(String... args) {
    String first = args.length == 0 ? "" : args[0];
    if (!first.equals(HELP)) {
      return called(first).map(List::<Class<?>>of).orElse(COMMANDS);
    }
    String wanted = args.length == 1 ? "" : args[1];
    return called(wanted)
        .filter(it -> it != HelpCommand.class)
        .map(it -> List.<Class<?>>of(HelpCommand.class, it))
        .orElse(COMMANDS);
  }

  private static Optional<Class<?>> called(String name) {
    return COMMANDS.stream().filter(it -> names(it).anyMatch(name::equals)).findFirst();
  }

  /** The names and aliases of all commands, in the order in which help shows them. */
  static List<String> names() {
    return COMMANDS.stream().flatMap(Cli::names).toList();
  }

  private static Stream<String> names(Class<?> command) {
    Command description = command.getAnnotation(Command.class);
    return Stream.concat(Stream.of(description.name()), Stream.of(description.aliases()));
  }

  @Command(
      name = "sysret-replay",
      description = {
        "How often could a workload return to user space by SYSRET, why did it fall back to IRET, and"
            + " what would another kernel do?"
      },
      synopsisSubcommandLabel = "COMMAND",
      mixinStandardHelpOptions = true,
      versionProvider = VersionProvider.class,
      commandListHeading = "%nCommands:%n",
      optionListHeading = "%nOptions:%n",
      footer = {
        "",
        "Exit codes: 0 ok, 1 a bug, 2 usage or an output that cannot be written, 3 input unreadable, 4 gate failed.",
        "",
        "Begin with a recording of your workload, or ask what a command takes:",
        "    sysret-replay record -- COMMAND",
        "    sysret-replay help COMMAND",
        "",
        "What people ask, of TRACE, a recording, a store, or a folder of either:",
        "  what would 6.12 do, not 5.15    compare TRACE@5.15 @6.12",
        "  which workloads miss, and why   report TRACE --sort misses --top 5",
        "  what seccomp, strace, audit do  models 4.15",
        "  has it become worse, for CI     compare BASE OTHER --fail-below 0.5",
        "  which frames have a cause       frames TRACE --cause fault --limit 5",
        "  how did it go over time         report TRACE --by window=100ms",
        "  what does an exit cost, in ns   report TRACE --call-ns 200",
        "  which of many hosts are odd     report TRACE --sort share --top 5",
        "  a page for a colleague          report TRACE --format html -o x.html",
        "  (--model auto judges by the kernel that was recorded)"
      })
  private static final class Root implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
      throw new ParameterException(
          spec.commandLine(), "Name a command: " + String.join(", ", names()));
    }
  }
}
