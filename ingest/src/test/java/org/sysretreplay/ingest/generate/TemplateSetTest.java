package org.sysretreplay.ingest.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitFrame.Task;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.ingest.generate.TemplateSet.Kept;

class TemplateSetTest {

  private static Template template(String comm, long nr, long rip, long rsp) {
    return Template.of(
        new ExitFrame(
            0,
            OptionalLong.empty(),
            OptionalLong.empty(),
            new Task(OptionalLong.empty(), OptionalLong.empty(), Optional.of(comm)),
            EntryKind.SYSCALL,
            Optional.empty(),
            OptionalLong.of(nr),
            OptionalLong.of(1),
            Registers.ofSyscall(rip, 0x246),
            OptionalLong.of(rsp),
            OptionalLong.of(1)));
  }

  @Test
  void keepsTheMostFrequentAndCountsTheOthersAsTheMostSimilar() {
    TemplateSet set = new TemplateSet();
    Template frequent = template("a", 1, 0x1000, 0);
    set.add(frequent);
    set.add(frequent);
    for (int rsp = 1; rsp < 2_000; rsp++) {
      set.add(template("a", 1, 0x1000, rsp));
    }
    Template otherSite = template("a", 1, 0x2000, 0);
    int number = set.add(otherSite);

    Kept kept = set.kept();

    assertThat(kept.templates()).hasSize(TemplateSet.MOST_KEPT).startsWith(frequent, otherSite);
    assertThat(kept.number().applyAsInt(number)).isEqualTo(1);
    assertThat(kept.number().applyAsInt(number - 1)).isZero();
  }

  @Test
  void keepsEveryKindEvenIfThereAreMoreThanThereIsRoomFor() {
    TemplateSet set = new TemplateSet();
    for (int nr = 0; nr < 700; nr++) {
      for (int rip = 0; rip < 3; rip++) {
        set.add(template("a", nr, rip, 0));
      }
    }
    assertThat(set.kept().templates())
        .hasSize(700)
        .extracting(FrameKind::of)
        .doesNotHaveDuplicates();
  }

  /** However many values a recording has, memory does not grow beyond this. */
  @Test
  void tellsOnlySoManyApart() {
    TemplateSet set = new TemplateSet();
    int last = 0;
    for (int rsp = 0; rsp < 70_000; rsp++) {
      last = set.add(template("a", 1, 0x1000, rsp));
    }
    assertThat(last).isZero();
    assertThat(set.add(template("a", 2, 0x1000, 0))).isEqualTo(1 << 16);
  }
}
