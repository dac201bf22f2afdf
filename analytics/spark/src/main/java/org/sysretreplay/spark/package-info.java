/**
 * How often workloads could return to user space by SYSRET, asked from Spark programs and
 * notebooks.
 *
 * <p>An example, where {@code spark} is a session and {@code traces} a folder of recordings:
 *
 * <pre>{@code
 * import org.sysretreplay.spark.*;
 *
 * SysretReplay replay = SysretReplay.on(spark);
 * Store store = replay.ingest(traces).into(traces + "/../store");
 * Report report = store.read().models("seed", "linux-6.9").by("entry", "syscall").report();
 * report.rows().where("iret_miss > 0").select("workload", "syscall_name", "first_miss").show();
 * Selection all = store.read();
 * Comparison comparison = replay.compare(all.models("seed"), all.models("linux-6.9"));
 * System.out.println(comparison.text());
 * }</pre>
 *
 * <p>In: paths, globs and URIs of traces and stores. Out: answers as Datasets, JSON, CSV and text,
 * equal to those of the command line. Units: exits; shares from 0 to 1; percentage points. Errors:
 * a {@link org.sysretreplay.spark.SysretReplayException} with one sentence. Threads: all objects
 * may be used by several threads. The subpackages that are marked as internal may change with every
 * version.
 */
package org.sysretreplay.spark;
