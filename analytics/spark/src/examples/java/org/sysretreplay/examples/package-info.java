/** Programs that show how recordings are read with Spark; the build compiles and runs them. */
package org.sysretreplay.examples;
