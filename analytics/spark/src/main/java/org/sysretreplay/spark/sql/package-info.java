/**
 * The models as SQL, for Spark and for DuckDB: views over a store's frames that need nothing of
 * ours to run.
 *
 * <p>In: the models as data. Out: statements; {@code spark.sql} and {@code duckdb.sql} beside this
 * package hold them as files. Units: registers are 64-bit patterns in signed numbers, and every
 * count is of exits: the sum of the column {@code count}. Errors: none; a way back that no model
 * knows fails the query that meets it. Threads: any.
 */
package org.sysretreplay.spark.sql;
