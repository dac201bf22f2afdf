/**
 * Reports and comparisons as pages for a browser: each is one file that needs no network and no
 * other file.
 *
 * <p>In: the answers to several questions to the same frames. Out: HTML with its data, style and
 * script in it. Units: exits and nanoseconds; the script computes shares from counts. Errors:
 * {@link java.lang.IllegalStateException} if counts do not add up, which is a bug of this program.
 * Names are escaped. Threads: values only.
 */
@Internal
package org.sysretreplay.analytics.page;

import org.sysretreplay.emulator.Internal;
