package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AssemblyTest {

  private static final Registers FRAME = Registers.ofSyscall(0x7f1234567ab2L, 0x246);

  @Test
  void anAmendedFrameKeepsWhatItsEventCarried() {
    Assembly.Recorded recorded =
        new Assembly.Recorded(
            EntryKind.SYSCALL,
            EntryPath.SYSCALL_NO_WORK,
            FRAME,
            OptionalLong.empty(),
            OptionalLong.empty());

    assertThat(of(Stage.AMENDED, Optional.of(recorded)).recorded()).contains(recorded);
    assertThatThrownBy(() -> of(Stage.AMENDED, Optional.empty()))
        .hasMessage("an amended frame without the recorded registers");
    for (Stage stage : Stage.values()) {
      if (stage != Stage.AMENDED) {
        assertThat(of(stage, Optional.empty()).recorded()).isEmpty();
      }
    }
  }

  @Test
  void aFrameAloneHasTheCauseThatItTellsItself() {
    Registers faulted = FRAME.with(Register.RCX, 0);
    Assembly assembly =
        Assembly.alone(
            EntryKind.EXCEPTION, EntryPath.EXCEPTION, faulted, OptionalLong.empty(), Stage.EARLY);

    assertThat(assembly)
        .isEqualTo(
            new Assembly(
                EntryPath.EXCEPTION, Stage.EARLY, Optional.of(Cause.FAULT), Optional.empty()));
  }

  @Test
  void aFrameTakenAtItsWordIsFinalAndCanBeSaidToBeEarly() {
    ExitFrame frame =
        new ExitFrame(
            7,
            OptionalLong.empty(),
            OptionalLong.empty(),
            ExitFrame.Task.UNKNOWN,
            EntryKind.SYSCALL,
            Optional.empty(),
            OptionalLong.of(59),
            OptionalLong.of(0),
            FRAME.with(Register.RCX, 0),
            OptionalLong.empty(),
            OptionalLong.empty());

    assertThat(frame.path()).isEqualTo(EntryPath.EXECVE);
    assertThat(frame.cause()).contains(Cause.EXECVE);
    assertThat(frame.assembly().stage()).isEqualTo(Stage.FINAL);
    assertThat(frame.early().assembly().stage()).isEqualTo(Stage.EARLY);
    assertThat(frame.early().path()).isEqualTo(EntryPath.EXECVE);
    assertThat(frame.early().seq()).isEqualTo(7);
    assertThat(frame.numbered(8).seq()).isEqualTo(8);
    assertThat(frame.numbered(8).assembly()).isEqualTo(frame.assembly());
  }

  @Test
  void framesWithEqualAssembliesShareOneObject() {
    for (EntryPath path : EntryPath.values()) {
      for (Stage stage : new Stage[] {Stage.FINAL, Stage.EARLY, Stage.IN_KERNEL}) {
        assertShared(path, stage, Optional.empty());
        for (Cause cause : Cause.values()) {
          assertShared(path, stage, cause.present());
        }
      }
    }
    assertThat(
            Assembly.alone(
                    EntryKind.SYSCALL,
                    EntryPath.SYSCALL_NO_WORK,
                    FRAME,
                    OptionalLong.empty(),
                    Stage.FINAL)
                .cause())
        .isEmpty();
  }

  private static void assertShared(EntryPath path, Stage stage, Optional<Cause> cause) {
    assertThat(Assembly.unchanged(path, stage, cause))
        .isEqualTo(new Assembly(path, stage, cause, Optional.empty()))
        .isSameAs(Assembly.unchanged(path, stage, cause));
  }

  private static Assembly of(Stage stage, Optional<Assembly.Recorded> recorded) {
    return new Assembly(EntryPath.SYSCALL_NO_WORK, stage, Optional.empty(), recorded);
  }
}
