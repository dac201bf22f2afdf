package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RflagsTest {

  @Test
  void describesFlagsLowestFirstAndLeavesOutTheOneThatIsAlwaysSet() {
    assertThat(Rflags.describe(0x246)).isEqualTo("PF ZF IF");
    assertThat(Rflags.describe(0x10202)).isEqualTo("IF RF");
    assertThat(Rflags.describe(2)).isEqualTo("none");
  }

  @Test
  void namesTheIoPrivilegeLevelAndShowsBitsWithoutAName() {
    assertThat(Rflags.describe(0x3246)).isEqualTo("PF ZF IF IOPL=3");
    assertThat(Rflags.describe(1L << 63 | 0x8002)).isEqualTo("0x8000000000008000");
  }

  @Test
  void numbersTheBitsAsTheManualDoes() {
    assertThat(Rflags.TF.bit()).isEqualTo(8);
    assertThat(Rflags.RF.bit()).isEqualTo(16);
    assertThat(Rflags.ID.mask()).isEqualTo(0x200000);
  }
}
