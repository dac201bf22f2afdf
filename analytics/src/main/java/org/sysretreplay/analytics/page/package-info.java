/**
 * A report as one page for a browser: a file that needs no network and no other file.
 *
 * <p>In: what several questions to the same frames came to. Out: HTML with its data, style and
 * script in it. Units: exits and nanoseconds; shares are made from counts where they are shown.
 * Errors: {@link java.lang.IllegalStateException} where counts do not add up, which is a mistake of
 * ours; names are data and are escaped. Threads: values only.
 */
@Internal
package org.sysretreplay.analytics.page;

import org.sysretreplay.emulator.Internal;
