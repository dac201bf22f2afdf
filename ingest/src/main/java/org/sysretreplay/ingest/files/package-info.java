/**
 * File access for stores: folders of this machine, through the JDK alone, and locations of Hadoop's
 * file systems.
 *
 * <p>In: a location as a user names it, a path or a URI. Out: its files, which are listed, read,
 * and written whole or not at all. Units: bytes. Errors: {@link java.io.IOException} as the file
 * system gives it, and {@link org.sysretreplay.ingest.files.UnknownSchemeException} if the class
 * path has no file system for the location's scheme. Threads: several can share a tree; a new file
 * belongs to one.
 */
@Internal
package org.sysretreplay.ingest.files;

import org.sysretreplay.emulator.Internal;
