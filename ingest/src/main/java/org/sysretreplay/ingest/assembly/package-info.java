/**
 * From samples of events to frames: every thread is followed through its events, so that a frame is
 * the one that was really returned to.
 */
package org.sysretreplay.ingest.assembly;
