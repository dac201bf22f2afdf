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

  @Test
  void everyBitHasItsNameOrItsNumber() {
    for (int bit = 0; bit < Long.SIZE; bit++) {
      String described =
          switch (bit) {
            case 0 -> "CF";
            case 1 -> "none";
            case 2 -> "PF";
            case 4 -> "AF";
            case 6 -> "ZF";
            case 7 -> "SF";
            case 8 -> "TF";
            case 9 -> "IF";
            case 10 -> "DF";
            case 11 -> "OF";
            case 12 -> "IOPL=1";
            case 13 -> "IOPL=2";
            case 14 -> "NT";
            case 16 -> "RF";
            case 17 -> "VM";
            case 18 -> "AC";
            case 19 -> "VIF";
            case 20 -> "VIP";
            case 21 -> "ID";
            default -> "0x" + Long.toHexString(1L << bit);
          };
      assertThat(Rflags.describe(1L << bit)).as("bit " + bit).isEqualTo(described);
    }
  }
}
