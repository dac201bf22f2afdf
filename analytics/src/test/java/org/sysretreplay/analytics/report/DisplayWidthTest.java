package org.sysretreplay.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.Character.UnicodeBlock;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayWidthTest {

  private static final Set<Integer> MARKS =
      Set.of((int) Character.NON_SPACING_MARK, (int) Character.ENCLOSING_MARK);

  @ParameterizedTest
  @CsvSource({
    "nginx, 5",
    "'', 0",
    "é, 1",
    "e\u0301, 1",
    "データベース, 12",
    "ﾃﾞｰﾀ, 4",
    "数据库-1, 8",
    "한국어, 6",
    "🚀, 2",
    "✅ok, 4",
    "█▏, 2",
    "\ufffd, 1",
    "Ελλάδα, 6",
    "ไทย, 3",
    "กำ, 2",
    "กี่, 1",
  })
  void isWhatATerminalGivesIt(String text, int columns) {
    assertThat(DisplayWidth.of(text)).isEqualTo(columns);
  }

  /** Compared with Java's blocks of these scripts: all is wide but unassigned codes and marks. */
  @Test
  void lettersOfEastAsiaAreWide() {
    Set<UnicodeBlock> blocks =
        Set.of(
            UnicodeBlock.HANGUL_SYLLABLES,
            UnicodeBlock.HIRAGANA,
            UnicodeBlock.KATAKANA,
            UnicodeBlock.BOPOMOFO,
            UnicodeBlock.TANGUT,
            UnicodeBlock.YI_SYLLABLES);
    IntStream letters =
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .filter(Character::isLetter)
            .filter(it -> Character.isIdeographic(it) || blocks.contains(UnicodeBlock.of(it)));
    assertThat(letters.filter(it -> DisplayWidth.of(Character.toString(it)) != 2)).isEmpty();
  }

  @Test
  void lettersOfOtherScriptsAreNotAndMarksTakeNoRoom() {
    List<Character.UnicodeScript> scripts =
        List.of(
            Character.UnicodeScript.LATIN,
            Character.UnicodeScript.GREEK,
            Character.UnicodeScript.CYRILLIC,
            Character.UnicodeScript.ARABIC,
            Character.UnicodeScript.HEBREW);
    IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(it -> scripts.contains(Character.UnicodeScript.of(it)))
        .filter(it -> UnicodeBlock.of(it) != UnicodeBlock.HALFWIDTH_AND_FULLWIDTH_FORMS)
        .forEach(
            it ->
                assertThat(DisplayWidth.of(Character.toString(it)))
                    .as(Integer.toHexString(it))
                    .isEqualTo(MARKS.contains(Character.getType(it)) ? 0 : 1));
  }

  @Property
  void aStartIsAsLongAsThereIsRoom(@ForAll String text, @ForAll @IntRange(max = 40) int columns) {
    String start = DisplayWidth.start(text, columns);
    assertThat(text).startsWith(start);
    assertThat(DisplayWidth.of(start)).isLessThanOrEqualTo(columns);
    if (start.length() < text.length()) {
      String next = Character.toString(text.codePointAt(start.length()));
      assertThat(DisplayWidth.of(start + next)).isGreaterThan(columns);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, 9, nginx",
    "nginx, 2, nx",
    "nginx, 0, ''",
    "データ, 3, タ",
    "e\u0301te\u0301, 1, e\u0301",
    "e\u0301te\u0301, 0, ''"
  })
  void anEndHasNoHalfCharacter(String text, int columns, String end) {
    assertThat(DisplayWidth.end(text, columns)).isEqualTo(end);
  }

  @Test
  void columnsOfATableStandBelowEachOther() {
    TextTable table =
        new TextTable(30)
            .left("comm")
            .right("exits")
            .row(List.of("データベース", "8"))
            .row(List.of("e\u0301te\u0301", "12"))
            .row(List.of("データベースデータベース", "9"));
    assertThat(table.render().lines())
        .containsExactly(
            " comm                    exits",
            " データベース                8",
            " e\u0301te\u0301                        12",
            " データベースデータベ..      9");
  }

  @Test
  void linesBreakWhereTheTerminalWouldBreakThem() {
    assertThat(Wrap.lines("データ ", "データベース データ データ", 20))
        .containsExactly("データ データベース", "       データ データ");
  }
}
