package org.sysretreplay.analytics.choice;

/** An option, with its name on the command line and its method in a program. */
public enum OptionName {
  MODEL("--model", "model"),
  BY("--by", "by"),
  FORMAT("--format", "format"),
  INPUT_FORMAT("--input-format", "format"),
  LA57("--la57", "la57"),
  XEN_PV("--xen-pv", "xenPv"),
  AS_RECORDED("--as-recorded", "asRecorded");

  private final String onCommandLine;
  private final String inPrograms;

  OptionName(String onCommandLine, String inPrograms) {
    this.onCommandLine = onCommandLine;
    this.inPrograms = inPrograms;
  }

  String onCommandLine() {
    return onCommandLine;
  }

  String inPrograms() {
    return inPrograms;
  }
}
