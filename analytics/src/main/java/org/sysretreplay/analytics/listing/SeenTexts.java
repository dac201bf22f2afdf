package org.sysretreplay.analytics.listing;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.sysretreplay.analytics.choice.Nearest;
import org.sysretreplay.analytics.choice.Sentence;

/**
 * Collects the texts that frames have in some columns, to tell a misspelt name from one that just
 * does not match together with the other conditions. Adds up in any order; not thread-safe.
 */
final class SeenTexts implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The most texts kept for a column. Once this is reached, any text counts as seen. */
  private static final int MOST = 1_000;

  private final Map<String, Set<String>> byKey = new LinkedHashMap<>();

  /**
   * @param columns the columns to collect texts of
   */
  SeenTexts(List<FilterColumn> columns) {
    columns.forEach(it -> byKey.put(it.key(), new TreeSet<>()));
  }

  /** Adds the texts of a frame. */
  void add(ListedFrame frame, List<FilterColumn> columns) {
    for (FilterColumn column : columns) {
      Set<String> texts = byKey.get(column.key());
      column.value().apply(frame).forEach(it -> add(texts, it.toString()));
    }
  }

  private static void add(Set<String> texts, String text) {
    if (texts.size() < MOST) {
      texts.add(text);
    }
  }

  void addAll(SeenTexts other) {
    other.byKey.forEach((key, texts) -> texts.forEach(it -> add(byKey.get(key), it)));
  }

  /** Whether a frame may have this text; always true for {@link FilterColumn.None}. */
  boolean has(FilterColumn column, Object text) {
    Set<String> texts = byKey.get(column.key());
    return text == FilterColumn.None.NONE
        || texts.size() == MOST
        || texts.contains(text.toString());
  }

  /** The sentence that no frame has this text. */
  Sentence complaint(FilterColumn column, Object text) {
    Set<String> texts = byKey.get(column.key());
    return texts.isEmpty()
        ? Sentence.of("%s %s: no frame has any.", column.option(), text)
        : Sentence.of(
            "%s %s: no frame has that%s.",
            column.option(), text, Nearest.perhaps(text.toString(), texts));
  }
}
