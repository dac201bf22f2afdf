package org.sysretreplay.analytics;

/** The version of this program. */
public final class Version {

  private Version() {}

  /** The program's name and its version, as the manifest of its jar states it. */
  public static String line() {
    String version = Version.class.getPackage().getImplementationVersion();
    return "sysret-replay " + (version == null ? "(not packaged)" : version);
  }
}
