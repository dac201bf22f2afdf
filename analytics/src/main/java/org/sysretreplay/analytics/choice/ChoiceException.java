package org.sysretreplay.analytics.choice;

/** Something was asked for that there is not, or that cannot be; the sentence has the remedy. */
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

  /** What to tell the user. */
  public Sentence sentence() {
    return sentence;
  }
}
