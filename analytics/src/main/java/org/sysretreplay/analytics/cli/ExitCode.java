package org.sysretreplay.analytics.cli;

/** The exit codes; they are a public contract. */
final class ExitCode {

  static final int OK = 0;

  /** A bug in this program. */
  static final int BUG = 1;

  /** A command line that cannot be carried out, or an output that cannot be written. */
  static final int USAGE = 2;

  /** An input that cannot be read, or that has no record that could be accepted. */
  static final int INPUT = 3;

  /** A comparison whose gate failed. */
  static final int GATE = 4;

  private ExitCode() {}
}
