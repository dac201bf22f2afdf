/**
 * What the readers of text share: lines in blocks, taken apart by threads, and what stands in them.
 */
package org.sysretreplay.ingest.text;
