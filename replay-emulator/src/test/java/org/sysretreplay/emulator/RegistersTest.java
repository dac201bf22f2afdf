package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RegistersTest {

  private static final Registers FRAME = new Registers(1, 2, 3, 4, 5, 6);

  @ParameterizedTest
  @EnumSource(Register.class)
  void changesOneRegisterAndKeepsTheOthers(Register changed) {
    Registers frame = FRAME.with(changed, 99);

    for (Register register : Register.values()) {
      assertThat(register.of(frame)).isEqualTo(register == changed ? 99 : register.of(FRAME));
    }
  }

  @ParameterizedTest
  @CsvSource({"RIP, 1", "RCX, 2", "R11, 3", "RFLAGS, 4", "CS, 5", "SS, 6"})
  void everyRegisterHasItsSlot(Register register, long value) {
    assertThat(register.of(FRAME)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, true, false",
    "3, 3, true, false",
    "4, 0, false, true",
    "0x07, 3, false, true",
    "0x10, 0, false, false",
    "0x33, 3, false, false"
  })
  void aSelectorIsAnIndexATableAndAPrivilege(
      int selector, int privilege, boolean isNull, boolean isLocal) {
    assertThat(Selector.privilege(selector)).isEqualTo(privilege);
    assertThat(Selector.isNull(selector)).isEqualTo(isNull);
    assertThat(Selector.isLocal(selector)).isEqualTo(isLocal);
    assertThat(Selector.in(0x7fff_0000_0001_0000L + selector)).isEqualTo(selector);
  }
}
