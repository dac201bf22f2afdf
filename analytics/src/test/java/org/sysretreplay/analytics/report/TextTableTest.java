package org.sysretreplay.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  void alignsTextLeftAndNumbersRightAndEndsNoLineInBlanks() {
    TextTable table =
        new TextTable(80)
            .left("comm")
            .right("exits")
            .bar()
            .row(List.of("nginx", TextTable.number(1_234_567), "##"))
            .row(List.of("sh", TextTable.number(8), ""));
    assertThat(table.render())
        .isEqualTo(
            """
             comm       exits
             nginx  1,234,567  ##
             sh             8
            """);
  }

  @Test
  void drawsALineAboveTheFooters() {
    TextTable table =
        new TextTable(80)
            .left("comm")
            .right("exits")
            .row(List.of("sh", "8"))
            .footer(List.of("all", "8"));
    assertThat(table.render())
        .isEqualTo(
            """
             comm  exits
             sh        8
             -----------
             all       8
            """);
  }

  @Test
  void leavesOutTheBarsWhereTheyDoNotFit() {
    TextTable table =
        new TextTable(20).left("comm").right("exits").bar().row(List.of("nginx", "8", "#########"));
    assertThat(table.render())
        .isEqualTo(
            """
             comm   exits
             nginx      8
            """);
  }

  @Test
  void cutsTheWidestTextAndAnEventsSubsystemFirst() {
    TextTable table =
        new TextTable(34)
            .events("event")
            .left("comm")
            .right("exits")
            .row(List.of("raw_syscalls:sys_exit", "a-long-thread-name", "1,234,567"))
            .row(List.of("exceptions:page_fault_user", "sh", "8"));
    assertThat(table.render())
        .isEqualTo(
            """
             event       comm            exits
             sys_exit    a-long-t..  1,234,567
             page_fau..  sh                  8
            """);
  }

  /** The third is told apart by its start, and the first and the last are one name. */
  @Test
  void cutsTheMiddleOfNamesThatWouldLookAlike() {
    TextTable table =
        new TextTable(36)
            .left("workload")
            .right("exits")
            .row(List.of("nginx-frontend-production-eu-west-host-01", "1"))
            .row(List.of("nginx-frontend-production-eu-west-host-02", "2"))
            .row(List.of("apache-backend-production-eu-west-host-01", "3"))
            .row(List.of("nginx-frontend-production-eu-west-host-01", "4"));
    assertThat(table.render())
        .isEqualTo(
            """
             workload                      exits
             nginx-fronten..-west-host-01      1
             nginx-fronten..-west-host-02      2
             apache-backend-production-..      3
             nginx-fronten..-west-host-01      4
            """);
  }

  @Test
  void onlyEventsHaveSubsystems() {
    TextTable table =
        new TextTable(80)
            .left("workload")
            .row(List.of("web01:checkout-service-canary-eu"))
            .row(List.of("web02:checkout-service-canary-eu"));
    assertThat(table.render())
        .isEqualTo(
            """
             workload
             web01:checkout-service-canar..
             web02:checkout-service-canar..
            """);
  }

  @Test
  void cutsTextThatIsLongerThanThirtyCharactersEvenWhereThereIsRoom() {
    TextTable table = new TextTable(80).left("workload").row(List.of("w".repeat(31)));
    assertThat(table.render()).isEqualTo(" workload\n " + "w".repeat(28) + "..\n");
  }

  @Test
  void neverCutsANumber() {
    TextTable table =
        new TextTable(10).right("a").right("b").row(List.of("1,234,567", "7,654,321"));
    assertThat(table.render())
        .isEqualTo(
            """
                     a          b
             1,234,567  7,654,321
            """);
  }

  @Test
  void isItsHeaderWhereThereAreNoRows() {
    assertThat(new TextTable(80).left("comm").right("exits").render()).isEqualTo(" comm  exits\n");
  }

  @Test
  void setsAHeaderOfSeveralLinesAboveTheOthersLastLine() {
    TextTable table =
        new TextTable(80)
            .left("comm")
            .right("IRET_\nMISS")
            .right("exits")
            .row(List.of("sh", "7", "8"));
    assertThat(table.render())
        .isEqualTo(
            """
                   IRET_
             comm   MISS  exits
             sh        7      8
            """);
  }

  @Test
  void wrapsSentencesBelowThemselvesAndHasNoHeaderWhereNoColumnHasOne() {
    TextTable table =
        new TextTable(20)
            .indent(2)
            .right("")
            .wrapped("")
            .row(List.of("8", "a thread that sleeps"))
            .row(List.of("12", "sh"));
    assertThat(table.render())
        .isEqualTo(
            """
               8  a thread that
                  sleeps
              12  sh
            """);
  }

  @Test
  void showsNoControlCharacters() {
    TextTable table = new TextTable(80).left("comm").row(List.of("\u001b[31mred\n"));
    assertThat(table.render()).isEqualTo(" comm\n \uFFFD[31mred\uFFFD\n");
  }
}
