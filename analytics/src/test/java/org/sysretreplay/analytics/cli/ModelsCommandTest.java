package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.analytics.cli.CliRunner.Result;
import org.sysretreplay.emulator.Check;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Policy;

class ModelsCommandTest {

  private static final int WIDTH = 80;

  private static List<ExitModel> models() {
    return ExitModels.all();
  }

  private static String models(Object... arguments) {
    Object[] words = new Object[arguments.length + 1];
    words[0] = "models";
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    Result result = CliRunner.run(words);
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out().lines()).allMatch(it -> it.length() <= WIDTH);
    return result.out();
  }

  /** The text without its breaks into lines. */
  private static String joined(String text) {
    return text.replaceAll("\\s+", " ");
  }

  @Test
  void listsEveryModelAndPolicyOnItsLine() {
    List<String> lines = models().stream().map(ExitModel::id).toList();
    String list = models(new Object[0]);
    assertThat(list.lines().map(it -> it.strip().split(" ")[0])).containsAll(lines);
    for (Policy policy : Policy.values()) {
      assertThat(list).containsPattern("(?m)^  " + policy.id() + "$");
      assertThat(joined(list)).contains(joined(policy.sentence()));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void describesChecksInTheirOrderAndEveryWayBack(ExitModel model) {
    String text = models(model.id());
    assertThat(text).startsWith("Model " + model.id() + "\n");
    String words = joined(text);
    int at = 0;
    for (Check check : model.checks()) {
      int next = words.indexOf(check.condition().formula() + " " + check.reason(), at);
      assertThat(next).as(check.toString()).isNotNegative();
      at = next;
    }
    assertThat(text.contains("No register is checked")).isNotEqualTo(model.hasCheck());
    assertThat(text.lines().dropWhile(it -> !it.startsWith("The ways back")))
        .hasSizeGreaterThan(EntryPath.values().length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seed | Cannot run with 5-level paging (--la57).",
        "linux-4.6 | With --la57 the sign extends from bit 56.",
        "linux-6.7 | With --la57 the limit is 0xfffffffffff000.",
        "fred | Paging makes no difference (--la57)."
      })
  void saysWhat5LevelPagingChanges(String id, String sentence) {
    assertThat(joined(models(id))).contains(sentence);
  }
}
