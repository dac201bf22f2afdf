package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import picocli.CommandLine;

/**
 * Writes the man pages and the shell completion for a release, made from the commands themselves.
 * The bytes depend only on the commands and the version.
 */
public final class Manual {

  private Manual() {}

  /**
   * Writes a man page for each command, and the script for bash's completion.
   *
   * @param arguments the folder {@code share} to write to, and the version
   */
  public static void main(String[] arguments) throws IOException {
    write(Path.of(arguments[0]), arguments[1]);
  }

  static void write(Path share, String version) throws IOException {
    CommandLine root = Cli.model();
    Path pages = Files.createDirectories(share.resolve("man/man1"));
    // A set, because a command with an alias is in the map twice.
    Set<CommandLine> commands = new LinkedHashSet<>(root.getSubcommands().values());
    commands.add(root);
    for (CommandLine command : commands) {
      ManPage page = new ManPage(command.getCommandSpec(), version);
      Files.writeString(pages.resolve(page.name() + ".1"), page.roff());
    }
    Path completions = Files.createDirectories(share.resolve("bash-completion/completions"));
    String name = root.getCommandName();
    Files.writeString(completions.resolve(name), BashCompletion.script(root));
  }
}
