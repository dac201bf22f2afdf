package org.sysretreplay.analytics.cli;

/** The exit codes, a public contract. */
final class ExitCode {

  static final int OK = 0;

  /** A mistake of ours. */
  static final int BUG = 1;

  /** A command line that cannot be carried out, an output that cannot be written included. */
  static final int USAGE = 2;

  /** An input that cannot be read, or of which nothing could be taken. */
  static final int INPUT = 3;

  /** A comparison whose gate failed. */
  static final int GATE = 4;

  private ExitCode() {}
}
