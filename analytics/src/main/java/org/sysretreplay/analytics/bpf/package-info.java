/**
 * Counts exits in the kernel: a bpftrace script that is written from the facts of the emulator, and
 * what comes of it. No exit leaves the kernel as a sample.
 *
 * <p>In: what is to be counted. Out: exits that are alike, with how many there were, as JSON lines.
 * Units: bytes on the kernel's stack. Errors: an {@link java.io.IOException} where bpftrace printed
 * what cannot be taken. Threads: nothing here is shared.
 */
@Internal
package org.sysretreplay.analytics.bpf;

import org.sysretreplay.emulator.Internal;
