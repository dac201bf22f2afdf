/**
 * The emulated way back to user space: exit frames, exit models, and the two instructions.
 *
 * <p>This package needs the JDK and nothing else. Section numbers in its comments are those of the
 * domain sheet that MODELS.md summarises; "seed mail" is the message of Linux commit 2a23c6b8a9c4.
 */
package org.sysretreplay.emulator;
