package org.sysretreplay.analytics.report;

import java.util.regex.Pattern;

/** The name of a recorded event, such as {@code raw_syscalls:sys_exit}. */
public final class EventName {

  /** The subsystem at its start. */
  private static final Pattern SUBSYSTEM = Pattern.compile("^\\w+:(?=\\w)");

  private EventName() {}

  /** The name without the subsystem before the colon, as text reports show it. */
  public static String withoutSubsystem(String event) {
    return SUBSYSTEM.matcher(event).replaceFirst("");
  }
}
