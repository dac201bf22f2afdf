/**
 * Writes answers for people and for programs.
 *
 * <p>In: answers. Out: text that fits a screen as far as its numbers allow, Markdown, CSV, and JSON
 * by the schemas beside this package. Units: exits; shares from 0 to 1 in JSON, and in percent in
 * text. Errors: an {@link java.lang.IllegalStateException} if counts do not add up, which is a bug
 * of this program. Threads: values only.
 */
@Internal
package org.sysretreplay.analytics.report;

import org.sysretreplay.emulator.Internal;
