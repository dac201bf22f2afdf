/**
 * The models as SQL, for Spark and for DuckDB: views over a store's frames that run without this
 * program.
 *
 * <p>In: the models as data. Out: statements, also as the files {@code spark.sql} and {@code
 * duckdb.sql} beside this package. Units: registers are 64-bit patterns in signed numbers; every
 * count is a number of exits, the sum of the column {@code count}. Errors: none; an unknown way
 * back fails the query that meets it. Threads: any.
 */
package org.sysretreplay.spark.sql;
