package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The domain sheet's own test vectors (section 8); one column for each form of the check. */
class Section8Test {

  /** Which column speaks for which model. */
  private static final Map<String, ExitModel> MODEL_OF_COLUMN = Map.of("B1", ExitModels.SEED);

  private static final Map<String, Set<MissReason>> REASONS_OF_TEST =
      Map.of(
          "ip", Set.of(MissReason.RCX_NOT_RIP),
          "addr", Set.of(MissReason.RIP_NOT_USER_ADDRESS),
          "cs", Set.of(MissReason.CS_NOT_USER_CS),
          "r11", Set.of(MissReason.R11_NOT_RFLAGS),
          "flags", Set.of(MissReason.RF_SET, MissReason.TF_SET),
          "ss", Set.of(MissReason.SS_NOT_USER_DS));

  @ParameterizedTest(name = "{0}: {1}")
  @CsvFileSource(resources = "section-8.csv", useHeadersInDisplayName = false, numLinesToSkip = 1)
  void everyVectorGivesItsFirstFailingTest(ArgumentsAccessor row) {
    Registers frame =
        new Registers(hex(row, 2), hex(row, 3), hex(row, 7), hex(row, 6), hex(row, 4), hex(row, 5));
    String[] columns = {"B1", "B2", "C", "D64", "D16"};
    for (int i = 0; i < columns.length; i++) {
      ExitModel model = MODEL_OF_COLUMN.get(columns[i]);
      String expected = row.getString(9 + i);
      if (model != null && !expected.equals("n/a")) {
        assertVerdict(model.check(frame, Machine.TRACED), expected, model + " on " + frame);
      }
    }
  }

  private static void assertVerdict(Verdict verdict, String expected, String what) {
    if (expected.equals("S")) {
      assertThat(verdict).as(what).isEqualTo(Verdict.of(Outcome.SYSRET));
    } else {
      Optional<MissReason> first = verdict.firstMiss();
      assertThat(first).as(what).isPresent();
      assertThat(REASONS_OF_TEST.get(expected)).as(what).contains(first.orElseThrow());
    }
  }

  private static long hex(ArgumentsAccessor row, int column) {
    return Long.parseUnsignedLong(row.getString(column).substring(2), 16);
  }
}
