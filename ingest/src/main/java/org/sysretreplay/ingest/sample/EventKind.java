package org.sysretreplay.ingest.sample;

import java.util.Optional;
import org.sysretreplay.emulator.EntryKind;

/**
 * An event, and what its name tells: found out once for all its samples.
 *
 * @param name as in {@code raw_syscalls:sys_exit}
 * @param present the name as a value that is there
 * @param entry how the kernel was entered, where the event shows a return
 */
public record EventKind(String name, Optional<String> present, Optional<EntryKind> entry) {

  /** The event of that name. */
  public static EventKind of(String name) {
    return new EventKind(name, Optional.of(name), TracepointEvents.entryOf(name));
  }
}
