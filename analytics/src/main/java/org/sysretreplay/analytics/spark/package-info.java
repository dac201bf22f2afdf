/** The replay on Spark: over stores by columns, over trace files by file. */
package org.sysretreplay.analytics.spark;
