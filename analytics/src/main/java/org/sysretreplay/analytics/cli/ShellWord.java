package org.sysretreplay.analytics.cli;

import java.util.regex.Pattern;

/** Text as a shell takes it for one word, for commands that a user may copy. */
final class ShellWord {

  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_@%+=:,./-]+");

  private ShellWord() {}

  /** The text as it is where it may be, else in quotes. */
  static String of(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** A file's name as an argument that no command takes for an option. */
  static String ofFile(String file) {
    return of(file.startsWith("-") ? "./" + file : file);
  }
}
