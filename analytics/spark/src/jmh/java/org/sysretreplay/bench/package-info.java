/**
 * Benchmarks: {@code ./mvnw -Pbench verify}. Contestants answer the same question over the same
 * data, are checked to give the same answer, and then run in turn. PERFORMANCE.md is made from what
 * they measured.
 */
package org.sysretreplay.bench;
