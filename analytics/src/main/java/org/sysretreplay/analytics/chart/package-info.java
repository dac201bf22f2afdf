/**
 * Charts for notebooks and pages.
 *
 * <p>In: a {@link org.sysretreplay.analytics.chart.Chart}, which is data. Out: SVG as text, without
 * script, fonts or files, and the same numbers as an HTML table. Units: those that a chart names;
 * shares from 0 to 1 are shown in percent. Errors: none; names are data and are escaped. Threads:
 * values only.
 */
@Internal
package org.sysretreplay.analytics.chart;

import org.sysretreplay.emulator.Internal;
