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
 * The texts that frames have in some columns, so that a name that was misspelt can be told from one
 * that is only not with the others. Adds up in any order; not for use by several threads.
 */
final class SeenTexts implements Serializable {

  private static final long serialVersionUID = 1L;

  /** More are not kept of a column; whatever is asked for may then be among them. */
  private static final int MOST = 1_000;

  private final Map<String, Set<String>> byKey = new LinkedHashMap<>();

  /** No text yet. */
  SeenTexts(List<FilterColumn> columns) {
    columns.forEach(it -> byKey.put(it.key(), new TreeSet<>()));
  }

  /** Adds what a frame has in those columns. */
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

  /** Whether a frame may have it; one that has none is told by the count of frames. */
  boolean has(FilterColumn column, Object text) {
    Set<String> texts = byKey.get(column.key());
    return text.equals(FilterColumn.UNKNOWN)
        || texts.size() == MOST
        || texts.contains(text.toString());
  }

  /** Says that no frame has it. */
  Sentence complaint(FilterColumn column, Object text) {
    Set<String> texts = byKey.get(column.key());
    return texts.isEmpty()
        ? Sentence.of("%s %s: no frame has any.", column.option(), text)
        : Sentence.of(
            "%s %s: no frame has that%s.",
            column.option(), text, Nearest.perhaps(text.toString(), texts));
  }
}
