package org.sysretreplay.spark.sql;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The differences in SQL between the engines. */
public enum SqlDialect {
  SPARK("create or replace temporary view", "div", "raise_error") {
    @Override
    String known(List<String> texts) {
      return texts.isEmpty()
          ? "cast(array() as array<string>)"
          : lines("array_compact(array(", texts, "))");
    }
  },
  DUCKDB("create or replace view", "//", "error") {
    @Override
    String known(List<String> texts) {
      return texts.isEmpty()
          ? "cast([] as varchar[])"
          : lines("[it for it in [", texts, "] if it is not null]");
    }
  };

  private final String view;
  private final String division;
  private final String error;

  SqlDialect(String view, String division, String error) {
    this.view = view;
    this.division = division;
    this.error = error;
  }

  private static String lines(String before, List<String> texts, String behind) {
    return texts.stream().collect(Collectors.joining(",\n      ", before + "\n      ", behind));
  }

  /** The name of the file with all views. */
  String file() {
    return name().toLowerCase(Locale.ROOT) + ".sql";
  }

  /** The statement that makes a view. */
  String view(String name, String query) {
    return view + " " + name + " as\n" + query.strip();
  }

  /** A list of the texts that are not null. */
  abstract String known(List<String> texts);

  /** The quotient of whole numbers, rounded towards zero. */
  String quotient(String dividend, String divisor) {
    return dividend + " " + division + " " + divisor;
  }

  /** An expression that fails when it is evaluated. */
  String error(String message) {
    return error + "(" + message + ")";
  }
}
