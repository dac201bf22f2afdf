/**
 * perf.data in file mode, as {@code perf record -o FILE} writes it on x86-64 (kernel files
 * tools/perf/Documentation/perf.data-file-format.txt and include/uapi/linux/perf_event.h).
 */
package org.sysretreplay.ingest.perfdata;
