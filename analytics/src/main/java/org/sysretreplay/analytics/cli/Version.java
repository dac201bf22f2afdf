package org.sysretreplay.analytics.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class Version implements IVersionProvider {

  /** The program with its version. */
  static String line() {
    String version = Version.class.getPackage().getImplementationVersion();
    return "sysret-replay " + (version == null ? "(not packaged)" : version);
  }

  @Override
  public String[] getVersion() {
    return new String[] {line()};
  }
}
