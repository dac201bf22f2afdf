package org.sysretreplay.ingest.sample;

import java.util.Optional;
import org.sysretreplay.emulator.EntryKind;

/**
 * An event with the facts that follow from its name, worked out once for all of its samples.
 *
 * @param name as in {@code raw_syscalls:sys_exit}
 * @param present the name as an {@link Optional} that is present
 * @param entry how the kernel was entered; empty if the event shows no return to user space
 */
public record EventKind(String name, Optional<String> present, Optional<EntryKind> entry) {

  /** The event of that name. */
  public static EventKind of(String name) {
    return new EventKind(name, Optional.of(name), TracepointEvents.entryOf(name));
  }
}
