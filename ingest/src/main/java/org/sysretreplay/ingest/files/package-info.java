/**
 * Where stores lie: folders of this machine, through the JDK alone, and any place that Hadoop's
 * file systems know.
 *
 * <p>In: a location as a user names it, a path or a URI. Out: its files, listed, opened, and made
 * whole or not at all. Units: bytes. Errors: {@link java.io.IOException} as the file system gives
 * it, and {@link org.sysretreplay.ingest.files.UnknownSchemeException} where nothing on the class
 * path serves the location's scheme. Threads: a tree may be used by several; a new file belongs to
 * one.
 */
@Internal
package org.sysretreplay.ingest.files;

import org.sysretreplay.emulator.Internal;
