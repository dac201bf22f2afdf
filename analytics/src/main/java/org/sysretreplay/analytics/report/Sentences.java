package org.sysretreplay.analytics.report;

/** Helps to put sentences together. */
public final class Sentences {

  private Sentences() {}

  /** The sentence with its first letter in upper case. */
  public static String capital(String sentence) {
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }

  /** The sentence with its first letter in lower case, as behind a colon. */
  public static String small(String sentence) {
    return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
  }
}
