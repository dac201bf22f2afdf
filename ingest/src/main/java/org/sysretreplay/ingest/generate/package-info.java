/**
 * Synthetic frames: a profile is learnt from recordings, and frames are generated from it, as many
 * as wanted. FORMATS.md describes the profile.
 */
package org.sysretreplay.ingest.generate;
