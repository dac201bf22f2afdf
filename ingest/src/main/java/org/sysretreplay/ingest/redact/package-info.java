/**
 * Redaction of traces that leave the house: frames, rejects and names, with pseudonyms for
 * everything that tells who was recorded.
 *
 * <p>In: an {@link org.sysretreplay.emulator.ExitFrame}, a {@link
 * org.sysretreplay.ingest.trace.Reject}, a name. Out: the same, redacted, with the same verdict
 * from every model. Units: addresses are 64-bit patterns. Errors: none. Threads: a {@link
 * org.sysretreplay.ingest.redact.Redaction} can be shared, a {@link
 * org.sysretreplay.ingest.redact.Redactor} belongs to one thread.
 */
@Internal
package org.sysretreplay.ingest.redact;

import org.sysretreplay.emulator.Internal;
