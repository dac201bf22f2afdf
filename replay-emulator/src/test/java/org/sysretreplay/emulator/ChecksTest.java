package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sysretreplay.emulator.Evidence.Tag;

/** The checks as readers see them, built here and not taken from a model. */
class ChecksTest {

  private static final Evidence EVIDENCE = Evidence.inferred("elsewhere");

  @Test
  void everyCheckHasItsReasonItsFormulaAndItsEvidence() {
    assertCheck(Checks.rcxIsRip("here"), MissReason.RCX_NOT_RIP, "rcx == rip");
    assertCheck(Checks.highBitsClear("here"), MissReason.RIP_NOT_USER_ADDRESS, "rcx >> 47 == 0");
    assertCheck(
        Checks.signExtends("here"), MissReason.RIP_NOT_USER_ADDRESS, "sign_extend(rcx, 47) == rip");
    assertCheck(
        Checks.belowUserLimit("here"), MissReason.RIP_NOT_USER_ADDRESS, "rip < 0x7ffffffff000");
    assertCheck(Checks.csIsUserCs("here"), MissReason.CS_NOT_USER_CS, "cs == 0x33");
    assertCheck(Checks.ssIsUserDs("here"), MissReason.SS_NOT_USER_DS, "ss == 0x2b");
    assertCheck(Checks.r11IsRflags("here"), MissReason.R11_NOT_RFLAGS, "r11 == rflags");
    assertCheck(Checks.noRf(Register.R11, "here"), MissReason.RF_SET, "r11 & 0x10000 == 0");
    assertCheck(Checks.noRf(Register.RFLAGS, "here"), MissReason.RF_SET, "rflags & 0x10000 == 0");
  }

  private static void assertCheck(Check check, MissReason reason, String formula) {
    assertThat(check.reason()).isEqualTo(reason);
    assertThat(check.condition().formula()).isEqualTo(formula);
    assertThat(check.evidence()).isEqualTo(new Evidence(Tag.READ, "here"));
    assertThat(check.sentence()).isNotBlank();
  }

  @Test
  void whatWasNotReadInASourceSaysSo() {
    assertThat(Checks.csSelectorIsUserCs().reason()).isEqualTo(MissReason.CS_NOT_USER_CS);
    assertThat(Checks.csSelectorIsUserCs().condition().formula()).isEqualTo("cs & 0xffff == 0x33");
    assertThat(Checks.csSelectorIsUserCs().evidence().tag()).isEqualTo(Tag.READ);
    assertThat(Checks.ssSelectorIsUserDs().reason()).isEqualTo(MissReason.SS_NOT_USER_DS);
    assertThat(Checks.ssSelectorIsUserDs().condition().formula()).isEqualTo("ss & 0xffff == 0x2b");
    assertThat(Checks.ssSelectorIsUserDs().evidence().tag()).isEqualTo(Tag.READ);
    assertThat(Checks.noTf(Register.R11, EVIDENCE))
        .returns(MissReason.TF_SET, Check::reason)
        .returns("r11 & 0x100 == 0", check -> check.condition().formula())
        .returns(EVIDENCE, Check::evidence);
    assertThat(Checks.noXenPv(EVIDENCE))
        .returns(MissReason.XEN_PV_GUEST, Check::reason)
        .returns("no Xen PV guest", check -> check.condition().formula())
        .returns(EVIDENCE, Check::evidence);
  }
}
