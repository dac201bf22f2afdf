/**
 * The emulated way back to user space: exit frames, exit models, and the two instructions.
 *
 * <p>This package needs the JDK and nothing else. Section numbers in its comments are those of the
 * domain sheet that MODELS.md summarises; "seed mail" is the message of Linux commit 2a23c6b8a9c4.
 *
 * <p>In: the registers of a return, the way back that it takes, and the machine. Out: a verdict, or
 * the state that an instruction leaves. Units: registers are unsigned 64-bit patterns in {@code
 * long}s. Errors: {@link java.lang.IllegalArgumentException} where a value cannot be. Threads: all
 * values are immutable.
 */
package org.sysretreplay.emulator;
