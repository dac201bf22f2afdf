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
 * Which frames are wanted: those that fulfil every condition.
 *
 * @param conditions at most one for each column
 */
public record FrameFilter(List<Condition> conditions) implements Serializable {

  /** Takes every frame. */
  public static final FrameFilter ALL = new FrameFilter(List.of());

  private static final String SEPARATOR = ",";
  private static final Pattern SEPARATORS = Pattern.compile("(?<!\\\\)" + SEPARATOR);

  public FrameFilter {
    conditions = List.copyOf(conditions);
  }

  /**
   * One of some values is wanted.
   *
   * @param key of the column
   * @param values a String, a Long or a {@link TimeWindow} each
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
   * What is asked for by options.
   *
   * @param values of the options that were given, by column: each one value or several, parted by
   *     commas; a comma within one has a backslash before it
   * @throws org.sysretreplay.analytics.choice.ChoiceException where there is no such value
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

  /** Says of every frame whether it is wanted. */
  Predicate<ListedFrame> predicate() {
    List<Predicate<ListedFrame>> all = conditions.stream().map(Condition::predicate).toList();
    return frame -> all.stream().allMatch(it -> it.test(frame));
  }

  /** The columns that any text can be asked of. */
  List<FilterColumn> openColumns() {
    return conditions.stream()
        .map(it -> FilterColumn.ofKey(it.key()))
        .filter(it -> it.kind() == FilterColumn.Kind.TEXT)
        .toList();
  }

  /**
   * Which of the texts that were asked for no frame has, and what may be meant.
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

  /** What is asked for, as part of a sentence; empty where everything is. */
  public String sentence() {
    return conditions.stream().map(Condition::sentence).collect(Collectors.joining(", "));
  }
}
