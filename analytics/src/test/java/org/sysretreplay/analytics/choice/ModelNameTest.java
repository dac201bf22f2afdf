package org.sysretreplay.analytics.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;

class ModelNameTest {

  @ParameterizedTest
  @CsvSource({
    "6.12, linux-6.9",
    "linux-5.15, linux-5.12",
    "v5.15.167, linux-5.12",
    "linux-6.8, linux-6.7",
    "5.14.0-427.el9.x86_64, linux-5.12",
    "6.19-rc3, linux-6.9",
    "V6.12, linux-6.9",
    "Linux 6.18.44-generic, linux-6.9",
    "6.12+exec-hits, linux-6.9+exec-hits",
    "6.12.0+, linux-6.9",
    "6.12.9+bpo-amd64, linux-6.9",
    "6.12.9+bpo-amd64+exec-hits, linux-6.9+exec-hits",
    "5.14.0-503.11.1.el9_5.x86_64+rt+exec-hits+irq-check, linux-5.12+exec-hits+irq-check",
    "6.12.0++exec-hits+irq-check, linux-6.9+exec-hits+irq-check",
  })
  void aReleaseIsTheModelThatMainlineHas(String text, String id) {
    ModelName name = ModelName.parse(text);
    assertThat(name.model().id()).isEqualTo(id);
    assertThat(name.notes().get(0).onCommandLine())
        .startsWith("--model " + text + ": this is " + id + ", ");
  }

  /** A model's id wins over a release of the same text. */
  @Test
  void anIdIsTheModelOfThatId() {
    for (ExitModel model : ExitModels.all()) {
      ModelName name = ModelName.parse(model.id());
      assertThat(name.model()).isEqualTo(model);
      assertThat(name.notes()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "5.14.0-427.el9.x86_64, 'a guess, since Red Hat''s kernels carry much of later releases'",
    "5.14.21-150500.55-default, 'a guess, since SUSE''s kernels carry much of later releases'",
    "6.8.0-45-generic, Ubuntu's kernels stay close to mainline",
    "6.12, a distribution's kernel may have another",
  })
  void theNoteTellsWhatTheNumberIsWorth(String text, String worth) {
    assertThat(ModelName.parse(text).notes())
        .singleElement()
        .satisfies(it -> assertThat(it.onCommandLine()).endsWith("; " + worth + "."));
  }

  @Test
  void theNoteOfAReleaseWithPatchedChildrenSaysSo() {
    List<Sentence> notes = ModelName.parse("3.19.8").notes();
    assertThat(notes).hasSize(2);
    assertThat(notes.get(1).onCommandLine())
        .isEqualTo(
            "--model 3.19.8: that release has the fix of CVE-2015-2830, so its children of fork leave"
                + " the fast path.");
    assertThat(ModelName.parse("3.19.7").notes()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"6.18.9, false", "6.19-rc1, true", "6.19.0, true", "v7.3, true", "linux-5.15, false"})
  void theNoteOfAReleaseThatAbortsFewerSequencesSaysSo(String text, boolean fewer) {
    List<String> notes =
        ModelName.parse(text).notes().stream().map(Sentence::onCommandLine).toList();
    assertThat(notes).hasSize(fewer ? 2 : 1);
    if (fewer) {
      assertThat(notes.get(1))
          .startsWith("--model " + text + ": from 6.19 on a system call that no interrupt")
          .endsWith("are carried over (RSEQ_ABORT).");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "linux-4.21 | there is no such kernel; the nearest models are linux-4.16 or linux-5.12,",
        "6.66       | there is no such kernel; the nearest models are linux-6.9,",
        "linx-6.9   | there is no such model; perhaps linux-6.9 or linux-6.7,",
        "sead       | there is no such model; perhaps seed, or a",
        "SEED       | there is no such model; perhaps seed, or a",
        "6.12+magic | there is no such policy; choose from signal-delivery-hits,",
        "6.12.9+bpo-amd64+magic | there is no such policy; choose from signal-delivery-hits,",
        "6.12.9+bpo-amd64+exec-hit | there is no such policy; perhaps exec-hits;",
        "6.12.9+exec-hit | there is no such policy; perhaps exec-hits;",
        "seed+magic | there is no such policy; choose from signal-delivery-hits,",
        "3.2+exec-hits | linux-3.19 has no check that a policy could change; name another model.",
      })
  void aTypoIsRefusedWithWhatIsNearest(String text, String complaint) {
    assertThatThrownBy(() -> ModelName.parse(text))
        .isInstanceOf(ChoiceException.class)
        .hasMessageStartingWith("model " + text + ": " + complaint);
  }

  @Test
  void whatStandsByItselfIsToldWithoutAnOption() {
    assertThatThrownBy(() -> ModelName.parseArgument("99"))
        .isInstanceOf(ChoiceException.class)
        .hasMessageStartingWith("99: there is no such model; perhaps a kernel's release,");
    assertThat(ModelName.parseArgument("6.12").notes().get(0).onCommandLine())
        .startsWith("6.12: this is linux-6.9, ");
  }
}
