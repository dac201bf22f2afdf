package org.sysretreplay.analytics.cli;

import java.util.concurrent.Callable;
import org.sysretreplay.analytics.Version;
import picocli.CommandLine.Command;

@Command(
    name = "version",
    description = "Shows the version, as --version does.",
    mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {

  private final Output out;

  VersionCommand(Output out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    out.line(Version.line());
    return ExitCode.OK;
  }
}
