package org.sysretreplay.ingest.store;

import java.util.Locale;
import java.util.function.Function;
import org.sysretreplay.ingest.trace.Reject;

/**
 * The columns of {@code rejects} in their order, except for the trace of a record, which is its
 * folder. The lower-case names are a contract. Every row has a value in every column.
 */
public enum RejectColumn {
  SOURCE("the file, as it was named", it -> it.place().source()),
  POSITION("where in the file the record begins, as unit says", it -> it.place().position()),
  UNIT("what position counts: byte, line or row", it -> key(it.place().unit())),
  REASON("why the record could not be taken as a frame", it -> it.reason().name()),
  DETAIL("what exactly is wrong", Reject::detail),
  REMEDY("what to do about it", it -> it.reason().remedy()),
  EXCERPT("the start of the record", Reject::excerpt),
  COUNT("how many records of that reason the row stands for", Reject::count);

  private final String sentence;
  private final Function<Reject, Object> value;

  RejectColumn(String sentence, Function<Reject, Object> value) {
    this.sentence = sentence;
    this.value = value;
  }

  /** The name of the column. */
  public String key() {
    return key(this);
  }

  private static String key(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The meaning of the column, as part of a sentence. */
  public String sentence() {
    return sentence;
  }

  /** Whether it holds numbers; otherwise it holds text. */
  public boolean isNumber() {
    return this == POSITION || this == COUNT;
  }

  /** The column's value of a reject: a Long or a String. */
  public Object of(Reject reject) {
    return value.apply(reject);
  }
}
