package org.sysretreplay.notebooks;

/** Options for the JVMs that tests start. */
public final class QuickJava {

  /**
   * As the value of {@code JDK_JAVA_OPTIONS}. The second compiler takes a third of all processor
   * time and gains nothing in the seconds that a notebook runs.
   */
  public static final String OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private QuickJava() {}
}
