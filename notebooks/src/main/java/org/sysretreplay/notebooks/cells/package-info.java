/**
 * Cells of Java and the display of their values, for every kind of notebook.
 *
 * <p>In: the text of a cell. Out: the value of its last expression, shown as a table, a picture or
 * a text. Errors: {@link org.sysretreplay.notebooks.cells.CellException} with the line and the
 * message. Threads: one at a time; {@code stop} may come from another.
 */
@Internal
package org.sysretreplay.notebooks.cells;

import org.sysretreplay.emulator.Internal;
