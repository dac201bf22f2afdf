package org.sysretreplay.analytics.report;

/** How letters look on a terminal that shows colours. */
enum Ink {
  NONE(""),
  BOLD("1"),
  GREEN("32"),
  RED("31");

  private static final String START = "\u001b[";
  private static final String END = START + "0m";

  /** Of the sequence that selects it (ECMA-48, SGR). */
  private final String parameter;

  Ink(String parameter) {
    this.parameter = parameter;
  }

  /** The text in this ink; as it is where it is empty. */
  String on(String text) {
    return this == NONE || text.isBlank() ? text : START + parameter + "m" + text + END;
  }
}
