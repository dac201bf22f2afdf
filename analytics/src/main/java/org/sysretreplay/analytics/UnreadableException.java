package org.sysretreplay.analytics;

import java.util.List;

/** None of the inputs can be read; there is a sentence with the remedy for each. */
public final class UnreadableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final List<String> sentences;

  UnreadableException(List<String> sentences) {
    super(String.join(" ", sentences));
    this.sentences = List.copyOf(sentences);
  }

  /** One sentence for each input. */
  public List<String> sentences() {
    return sentences;
  }
}
