/**
 * What a question came to, written for eyes and for programs.
 *
 * <p>In: answers. Out: text as wide as a screen where numbers allow it, Markdown, JSON by the
 * schemas beside this package, CSV. Units: exits, shares from 0 to 1 in JSON and in percent for
 * eyes. Errors: an {@link java.lang.IllegalStateException} where counts do not add up, which is a
 * mistake of ours. Threads: values only.
 */
@Internal
package org.sysretreplay.analytics.report;

import org.sysretreplay.emulator.Internal;
