package org.sysretreplay.ingest.trace;

import java.io.Serializable;

/**
 * What a trace says of its own making; empty strings where it does not say.
 *
 * @param kernelRelease as {@code uname -r} prints it
 * @param arch as {@code uname -m} prints it
 * @param commandLine the recorder's command line
 * @param processors what it was recorded on
 * @param clock what time of day its times are
 * @param sampling whether it holds every event
 */
public record TraceHeader(
    String kernelRelease,
    String perfVersion,
    String hostname,
    String arch,
    String commandLine,
    Processors processors,
    WallClock clock,
    Sampling sampling)
    implements Serializable {

  /** A trace that says nothing of itself. */
  public static final TraceHeader EMPTY = new TraceHeader("", "", "", "", "");

  /** A trace that says nothing of the processors, of the time of day and of sampling. */
  public TraceHeader(
      String kernelRelease, String perfVersion, String hostname, String arch, String commandLine) {
    this(
        kernelRelease,
        perfVersion,
        hostname,
        arch,
        commandLine,
        Processors.UNKNOWN,
        WallClock.UNKNOWN,
        Sampling.NOT_TOLD);
  }

  /** The same with that kernel. */
  public TraceHeader withKernelRelease(String release) {
    return new TraceHeader(
        release, perfVersion, hostname, arch, commandLine, processors, clock, sampling);
  }

  /** The same with that version of the recorder. */
  public TraceHeader withPerfVersion(String version) {
    return new TraceHeader(
        kernelRelease, version, hostname, arch, commandLine, processors, clock, sampling);
  }

  /** The same with that name of the machine. */
  public TraceHeader withHostname(String host) {
    return new TraceHeader(
        kernelRelease, perfVersion, host, arch, commandLine, processors, clock, sampling);
  }

  /** The same with that architecture. */
  public TraceHeader withArch(String machine) {
    return new TraceHeader(
        kernelRelease, perfVersion, hostname, machine, commandLine, processors, clock, sampling);
  }

  /** The same with that command line. */
  public TraceHeader withCommandLine(String line) {
    return new TraceHeader(
        kernelRelease, perfVersion, hostname, arch, line, processors, clock, sampling);
  }

  /** The same with those processors. */
  public TraceHeader withProcessors(Processors known) {
    return new TraceHeader(
        kernelRelease, perfVersion, hostname, arch, commandLine, known, clock, sampling);
  }

  /** The same with that time of day. */
  public TraceHeader withClock(WallClock known) {
    return new TraceHeader(
        kernelRelease, perfVersion, hostname, arch, commandLine, processors, known, sampling);
  }

  /** The same with that sampling. */
  public TraceHeader withSampling(Sampling known) {
    return new TraceHeader(
        kernelRelease, perfVersion, hostname, arch, commandLine, processors, clock, known);
  }
}
