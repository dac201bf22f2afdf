package org.sysretreplay.ingest.trace;

import java.io.Serializable;

/**
 * What a trace says of its own making; empty strings where it does not say.
 *
 * @param kernelRelease as {@code uname -r} prints it
 * @param commandLine the recorder's command line
 */
public record TraceHeader(
    String kernelRelease, String perfVersion, String hostname, String arch, String commandLine)
    implements Serializable {

  /** A trace that says nothing of itself. */
  public static final TraceHeader EMPTY = new TraceHeader("", "", "", "", "");
}
