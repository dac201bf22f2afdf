package org.sysretreplay.analytics.report;

/** Parts of sentences, put together. */
public final class Sentences {

  private Sentences() {}

  /** The same with a capital letter at its start. */
  public static String capital(String sentence) {
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }

  /** The sentence as it stands behind a colon. */
  public static String small(String sentence) {
    return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
  }
}
