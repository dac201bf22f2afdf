package org.sysretreplay.analytics.report;

/** A style for text on a terminal that shows colours. */
enum Ink {
  NONE(""),
  BOLD("1"),
  GREEN("32"),
  RED("31");

  private static final String START = "\u001b[";
  private static final String END = START + "0m";

  /** The parameter of the SGR sequence that selects the style (ECMA-48). */
  private final String parameter;

  Ink(String parameter) {
    this.parameter = parameter;
  }

  /** The text in this style; blank text stays as it is. */
  String on(String text) {
    return this == NONE || text.isBlank() ? text : START + parameter + "m" + text + END;
  }
}
