package org.sysretreplay.analytics;

/** Which version of the program this is. */
public final class Version {

  private Version() {}

  /** The program and its version, by the manifest of its jar. */
  public static String line() {
    String version = Version.class.getPackage().getImplementationVersion();
    return "sysret-replay " + (version == null ? "(not packaged)" : version);
  }
}
