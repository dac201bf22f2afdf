package org.sysretreplay.analytics.listing;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sysretreplay.analytics.choice.ChoiceException;
import org.sysretreplay.analytics.choice.Sentence;

/**
 * A filter that accepts the frames that fulfil every condition.
 *
 * @param conditions at most one for each column
 */
public record FrameFilter(List<Condition> conditions) implements Serializable {

  /** Accepts every frame. */
  public static final FrameFilter ALL = new FrameFilter(List.of());

  private static final String SEPARATOR = ",";
  private static final Pattern SEPARATORS = Pattern.compile("(?<!\\\\)" + SEPARATOR);

  public FrameFilter {
    conditions = List.copyOf(conditions);
  }

  /**
   * A frame must have one of some values.
   *
   * @param key the key of a {@link FilterColumn}
   * @param values each a String, a Long, a {@link TimeWindow} or {@link FilterColumn.None}
   */
  public record Condition(String key, List<Object> values) implements Serializable {

    public Condition {
      values = List.copyOf(values);
    }

    private Predicate<ListedFrame> predicate() {
      FilterColumn column = FilterColumn.ofKey(key);
      return frame -> column.has(frame, values);
    }

    private String sentence() {
      return FilterColumn.ofKey(key).word()
          + " "
          + values.stream().map(Object::toString).collect(Collectors.joining(" or "));
    }
  }

  /**
   * The filter that options ask for.
   *
   * @param values the options' texts by column; each text has one value or several separated by
   *     commas; a comma within a value is escaped by a backslash, and so is a value that is a dash
   * @throws org.sysretreplay.analytics.choice.ChoiceException if a column has no such value
   */
  public static FrameFilter of(Map<FilterColumn, List<String>> values) {
    List<Condition> conditions = new ArrayList<>();
    values.forEach((column, texts) -> conditions.add(condition(column, texts)));
    return new FrameFilter(conditions);
  }

  private static Condition condition(FilterColumn column, List<String> texts) {
    List<Object> values =
        texts.stream()
            .flatMap(SEPARATORS::splitAsStream)
            .map(it -> it.replace("\\" + SEPARATOR, SEPARATOR))
            .map(column::parse)
            .distinct()
            .toList();
    if (values.isEmpty()) {
      throw new ChoiceException(
          Sentence.of("%s: there is no value between the commas; give one.", column.option()));
    }
    return new Condition(column.key(), values);
  }

  /** Tells for each frame whether it is accepted. */
  Predicate<ListedFrame> predicate() {
    List<Predicate<ListedFrame>> all = conditions.stream().map(Condition::predicate).toList();
    return frame -> all.stream().allMatch(it -> it.test(frame));
  }

  /** The columns of the conditions that accept any text. */
  List<FilterColumn> openColumns() {
    return conditions.stream()
        .map(it -> FilterColumn.ofKey(it.key()))
        .filter(it -> it.kind() == FilterColumn.Kind.TEXT)
        .toList();
  }

  /**
   * A sentence for each wanted text that no frame has, with a similar one that may be meant.
   *
   * @param seen the texts that frames have in the {@link #openColumns open columns}
   */
  List<Sentence> unseen(SeenTexts seen) {
    List<Sentence> unseen = new ArrayList<>();
    for (FilterColumn column : openColumns()) {
      conditions.stream()
          .filter(it -> it.key().equals(column.key()))
          .flatMap(it -> it.values().stream())
          .filter(it -> !seen.has(column, it))
          .forEach(it -> unseen.add(seen.complaint(column, it)));
    }
    return unseen;
  }

  /** The filter as part of a sentence; empty if it accepts everything. */
  public String sentence() {
    return conditions.stream().map(Condition::sentence).collect(Collectors.joining(", "));
  }
}
