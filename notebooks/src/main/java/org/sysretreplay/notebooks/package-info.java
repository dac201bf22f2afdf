/**
 * Starts notebook servers.
 *
 * <p>In: the kind, {@code jupyter} or {@code zeppelin}. Out: a running server with this program's
 * kernel or interpreter. Errors: a sentence that says what to install. Threads: one.
 */
@Internal
package org.sysretreplay.notebooks;

import org.sysretreplay.emulator.Internal;
