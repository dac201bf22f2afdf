/**
 * What Jupyter's Java kernel needs to know of us: how rows, charts and reports are shown, and how
 * the kernel is started.
 *
 * <p>In: the value of a cell's last line. Out: HTML, SVG and text, of which the front end takes
 * what it can show. Errors: none; what cannot be read is an exception of the face. Threads: the
 * kernel's.
 */
@Internal
package org.sysretreplay.notebooks.jupyter;

import org.sysretreplay.emulator.Internal;
