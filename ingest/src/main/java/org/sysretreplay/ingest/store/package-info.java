/**
 * The files of the table {@code frames}: which columns they have, and how rows are ordered and
 * encoded. FORMATS.md gives the reasons.
 */
package org.sysretreplay.ingest.store;
