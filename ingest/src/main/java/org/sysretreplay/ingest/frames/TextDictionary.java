package org.sysretreplay.ingest.frames;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.Stage;

/**
 * Numbers texts in the order in which they first come, so that a column of texts can be an array of
 * numbers.
 */
final class TextDictionary {

  /** The last texts by their identity: a text that comes again is mostly the very same object. */
  private static final int REMEMBERED = 64;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> texts = new ArrayList<>();
  private final String[] met = new String[REMEMBERED];
  private final int[] metNumbers = new int[REMEMBERED];
  private long characters;

  final Keys<EntryKind> entries = new Keys<>(EntryKind.values(), EntryKind::key);
  final Keys<EntryPath> paths = new Keys<>(EntryPath.values(), EntryPath::key);
  final Keys<Stage> stages = new Keys<>(Stage.values(), Stage::key);
  final Keys<Cause> causes = new Keys<>(Cause.values(), Cause::key);

  /** The numbers of an enum's keys, indexed by ordinal. */
  final class Keys<E extends Enum<E>> {

    private final int[] ofOrdinal;

    private Keys(E[] constants, Function<E, String> key) {
      ofOrdinal = new int[constants.length];
      for (E constant : constants) {
        ofOrdinal[constant.ordinal()] = number(key.apply(constant));
      }
    }

    int of(E constant) {
      return ofOrdinal[constant.ordinal()];
    }
  }

  /** The number of a text; a new text gets the next number. */
  int of(String text) {
    int slot = System.identityHashCode(text) & REMEMBERED - 1;
    if (met[slot] != text) {
      met[slot] = text;
      metNumbers[slot] = number(text);
    }
    return metNumbers[slot];
  }

  private int number(String text) {
    Integer known = numbers.putIfAbsent(text, texts.size());
    if (known != null) {
      return known;
    }
    texts.add(text);
    characters += text.length();
    return texts.size() - 1;
  }

  int size() {
    return texts.size();
  }

  /** The length of all texts together. */
  long characters() {
    return characters;
  }

  /** The text of that number. */
  String text(long number) {
    return texts.get((int) number);
  }
}
