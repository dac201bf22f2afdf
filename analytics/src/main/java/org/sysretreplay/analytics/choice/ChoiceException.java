package org.sysretreplay.analytics.choice;

/**
 * The user asked for something that does not exist or is not possible; the sentence has the remedy.
 */
public final class ChoiceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Sentence sentence;

  public ChoiceException(Sentence sentence) {
    super(sentence.inPrograms());
    this.sentence = sentence;
  }

  static ChoiceException of(String format, Object... arguments) {
    return new ChoiceException(Sentence.of(format, arguments));
  }

  /** The sentence for the user. */
  public Sentence sentence() {
    return sentence;
  }
}
