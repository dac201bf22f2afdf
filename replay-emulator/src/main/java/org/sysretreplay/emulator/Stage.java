package org.sysretreplay.emulator;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How sure it is that a frame's registers are the ones that were returned to (sheet 6.1, 6.2). */
public enum Stage {
  /** Nothing changed the frame after its event: the trace shows it, or gives finished frames. */
  FINAL("returned to as recorded"),
  /** The trace shows what changed the frame; the registers are those after the change. */
  AMENDED("changed between the event and the return, as later events show"),
  /** The event fires before the frame is final, and nothing in the trace says what came after. */
  EARLY("recorded before the frame was final, and no later event says what came after"),
  /** An interrupt that hit the kernel, with the registers of the syscall in progress: no return. */
  IN_KERNEL("an interrupt of the kernel, which returned to the kernel");

  private final String key = name().toLowerCase(Locale.ROOT);
  private final String sentence;

  Stage(String sentence) {
    this.sentence = sentence;
  }

  /** What that means, as part of a sentence. */
  public String sentence() {
    return sentence;
  }

  /** The name as columns spell it. */
  public String key() {
    return key;
  }

  /** The stage that {@link #key} names, if there is one. */
  public static Optional<Stage> ofKey(String key) {
    return Stream.of(values()).filter(stage -> stage.key().equals(key)).findFirst();
  }
}
