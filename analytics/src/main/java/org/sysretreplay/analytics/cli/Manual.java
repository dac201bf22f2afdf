package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import picocli.CommandLine;

/**
 * What man and the shell's completion know of the commands, made from the commands themselves when
 * a release is. The bytes depend on these and on the version only.
 */
public final class Manual {

  private Manual() {}

  /**
   * Writes a page for each command, and what bash reads to complete them.
   *
   * @param arguments the folder {@code share} to write to, and the version
   */
  public static void main(String[] arguments) throws IOException {
    write(Path.of(arguments[0]), arguments[1]);
  }

  static void write(Path share, String version) throws IOException {
    CommandLine root = Cli.model();
    Path pages = Files.createDirectories(share.resolve("man/man1"));
    // A command that has two names is there twice.
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
