package org.sysretreplay.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvCellsTest {

  private static String cell(CsvCells cells, Object cell) {
    String row = cells.render(printer -> printer.row(Stream.of("first", cell)));
    return row.substring("first,".length(), row.length() - 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"=1+1", "+1+1", "-1+1", "@SUM(A1)", "=", "-", "--1", "+a", "\uFF1D1", "-1-"})
  void aFormulaHasAnApostropheBeforeIt(String name) {
    assertThat(cell(CsvCells.FOR_SPREADSHEETS, name)).isIn("'" + name, "\"'" + name + "\"");
    assertThat(cell(CsvCells.EXACT, name)).isIn(name, "\"" + name + "\"");
  }

  @Test
  void whatSpreadsheetsPassOverBeforeAFormulaHelpsNothing() {
    assertThat(cell(CsvCells.FOR_SPREADSHEETS, "\t=1")).isEqualTo("'\t'=1");
    assertThat(cell(CsvCells.FOR_SPREADSHEETS, "\r=1")).isEqualTo("\"'\r'=1\"");
  }

  @Test
  void whereASpreadsheetPartsCellsOtherwiseNoneBeginsWithAFormula() {
    assertThat(cell(CsvCells.FOR_SPREADSHEETS, "a;=cmd|' /C calc'!A0;b"))
        .contains("a;'=cmd|' /C calc'!A0;b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "+1", "-1.5e-3", "a=b", "nginx", "", "x-y", "'=", "kworker/0:1+2"})
  void numbersAndOtherNamesStandAsTheyAre(String name) {
    assertThat(cell(CsvCells.FOR_SPREADSHEETS, name).replaceAll("^\"|\"$", "")).isEqualTo(name);
  }

  @Test
  void numbersAreNoTexts() {
    assertThat(cell(CsvCells.FOR_SPREADSHEETS, -5L)).isEqualTo("-5");
    assertThat(cell(CsvCells.FOR_SPREADSHEETS, -0.5)).isEqualTo("-0.5");
  }
}
