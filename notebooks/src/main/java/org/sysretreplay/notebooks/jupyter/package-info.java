/**
 * The connection to Jupyter's Java kernel: how rows, charts and reports are shown, and how the
 * kernel is started.
 *
 * <p>In: the value of a cell's last line. Out: HTML, SVG and text; the front end takes what it can
 * show. Errors: none of its own; reading rows may throw a {@link
 * org.sysretreplay.spark.SysretReplayException}. Threads: the kernel's.
 */
@Internal
package org.sysretreplay.notebooks.jupyter;

import org.sysretreplay.emulator.Internal;
