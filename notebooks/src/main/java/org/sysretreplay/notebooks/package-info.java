/**
 * Starts notebooks.
 *
 * <p>In: which kind, {@code jupyter} or {@code zeppelin}. Out: a server of it that knows our kernel
 * or interpreter. Errors: a sentence that says what to install. Threads: one.
 */
@Internal
package org.sysretreplay.notebooks;

import org.sysretreplay.emulator.Internal;
