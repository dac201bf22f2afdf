/**
 * What leaves the building: frames, rejects and names with pseudonyms in place of what tells who
 * was recorded.
 *
 * <p>In: an {@link org.sysretreplay.emulator.ExitFrame}, a {@link
 * org.sysretreplay.ingest.trace.Reject}, a name. Out: the same, of which every model says the same.
 * Units: addresses are 64-bit patterns. Errors: none. Threads: a {@link
 * org.sysretreplay.ingest.redact.Redaction} is shared, a {@link
 * org.sysretreplay.ingest.redact.Redactor} belongs to one thread.
 */
@Internal
package org.sysretreplay.ingest.redact;

import org.sysretreplay.emulator.Internal;
