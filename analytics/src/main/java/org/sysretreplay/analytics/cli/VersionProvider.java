package org.sysretreplay.analytics.cli;

import org.sysretreplay.analytics.Version;
import picocli.CommandLine.IVersionProvider;

/** The text that {@code --version} prints. */
final class VersionProvider implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {Version.line()};
  }
}
