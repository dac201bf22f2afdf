/**
 * Cells of Java, and what their values look like, whatever kind of notebook they stand in.
 *
 * <p>In: the text of a cell. Out: what its last expression came to, and that as a table, a picture
 * or a text. Errors: {@link org.sysretreplay.notebooks.cells.CellException} with the line and the
 * message. Threads: one at a time; {@code stop} may come from another.
 */
@Internal
package org.sysretreplay.notebooks.cells;

import org.sysretreplay.emulator.Internal;
