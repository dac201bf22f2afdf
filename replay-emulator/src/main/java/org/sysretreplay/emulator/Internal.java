package org.sysretreplay.emulator;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A package, or a class of one, that other programs should not call: what it holds may change with
 * every version. What they may rely on are the packages and classes without it, the command line,
 * JSON and the store's columns.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PACKAGE, ElementType.TYPE})
public @interface Internal {}
