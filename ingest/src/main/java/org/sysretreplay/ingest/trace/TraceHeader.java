package org.sysretreplay.ingest.trace;

import java.io.Serializable;

/**
 * What a trace says about its recording. An empty string is something that it does not say.
 *
 * @param kernelRelease as {@code uname -r} prints it
 * @param arch as {@code uname -m} prints it
 * @param commandLine the recorder's command line
 * @param processors the processors that it was recorded on
 * @param clock how its times relate to the time of day
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

  /** The header of a trace that says nothing. */
  public static final TraceHeader EMPTY = new TraceHeader("", "", "", "", "");

  /** A header without processors, time of day and sampling. */
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
