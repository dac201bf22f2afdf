package org.sysretreplay.emulator;

import java.util.Locale;

/** How a frame leaves the kernel under a model. The names are a public contract. */
public enum Outcome {
  FAST_SYSRET("returned by SYSRET, never checked"),
  SYSRET("checked, and returned by SYSRET"),
  IRET_MISS("checked, and sent to IRET"),
  IRET_ROUTE("returned by IRET: this way back never tries SYSRET"),
  ERETU("returned by ERETU");

  private final String sentence;

  Outcome(String sentence) {
    this.sentence = sentence;
  }

  /** What happened to the frame, as part of a sentence. */
  public String sentence() {
    return sentence;
  }

  /** Whether the frame returns by SYSRET, checked or not. */
  public boolean isBySysret() {
    return switch (this) {
      case FAST_SYSRET, SYSRET -> true;
      case IRET_MISS, IRET_ROUTE, ERETU -> false;
    };
  }

  /** Whether the frame returns by IRET, checked or not; with a {@link Doubt} perhaps otherwise. */
  public boolean isByIret() {
    return switch (this) {
      case IRET_MISS, IRET_ROUTE -> true;
      case FAST_SYSRET, SYSRET, ERETU -> false;
    };
  }

  /** The name as JSON keys spell it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
