/**
 * An interpreter for Zeppelin, and the start of a Zeppelin that has it. {@code %sysret} runs Java,
 * {@code %sysret.sql} runs SQL, both on the same Spark session.
 *
 * <p>In: the text of a paragraph. Out: HTML, text, or rows in the form of {@code %table}. Errors: a
 * paragraph that fails ends in ERROR with the line and the message. Threads: one paragraph at a
 * time, on a thread of Zeppelin's; cancelling comes from another.
 */
@Internal
package org.sysretreplay.notebooks.zeppelin;

import org.sysretreplay.emulator.Internal;
