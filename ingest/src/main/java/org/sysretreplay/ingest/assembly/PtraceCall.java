package org.sysretreplay.ingest.assembly;

import java.util.Optional;
import java.util.OptionalLong;
import org.sysretreplay.emulator.Register;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.emulator.Selector;
import org.sysretreplay.ingest.assembly.ThreadState.Call;
import org.sysretreplay.ingest.sample.EventFields.SyscallEnter;
import org.sysretreplay.ingest.sample.PerfRegister;

/**
 * A ptrace call, and its effect on the thread that it debugs (sheet 5.7, 5.8; kernel files
 * include/uapi/linux/ptrace.h, arch/x86/kernel/ptrace.c).
 */
record PtraceCall(SyscallEnter call) {

  private static final long NUMBER = 101;

  private static final int POKEUSER = 6;
  private static final int CONT = 7;
  private static final int SINGLESTEP = 9;
  private static final int SETREGS = 13;
  private static final int DETACH = 17;
  private static final int SYSCALL = 24;
  private static final int SYSEMU = 31;
  private static final int SYSEMU_SINGLESTEP = 32;
  private static final int SINGLEBLOCK = 33;
  private static final int SETREGSET = 0x4205;

  /** The flags that a debugger can write. */
  private static final long WRITABLE_FLAGS = 0x54DD5;

  /** The effect of the call on its thread. */
  enum Effect {
    NONE,
    /** The thread runs on without syscall stops or steps. */
    RESUME,
    /** The thread runs on to its next syscall stop. */
    RESUME_TRACED,
    /** The thread runs on for one instruction or block. */
    RESUME_STEPPED,
    /** One register was written, or some. */
    EDIT
  }

  /**
   * The ptrace call, if the syscall is one; empty for 32-bit code, whose syscalls have other
   * numbers.
   */
  static Optional<PtraceCall> of(Call call) {
    if (call.fields().number() != NUMBER) {
      return Optional.empty();
    }
    OptionalLong cs = call.registers().get(PerfRegister.CS);
    boolean compat = cs.isPresent() && Selector.in(cs.getAsLong()) == Selector.USER32_CS;
    return compat ? Optional.empty() : Optional.of(new PtraceCall(call.fields()));
  }

  /** The thread that is debugged. */
  long tid() {
    return call.second();
  }

  Effect effect() {
    return switch ((int) call.first()) {
      case CONT, DETACH -> Effect.RESUME;
      case SYSCALL, SYSEMU -> Effect.RESUME_TRACED;
      case SINGLESTEP, SINGLEBLOCK, SYSEMU_SINGLESTEP -> Effect.RESUME_STEPPED;
      case POKEUSER, SETREGS, SETREGSET -> Effect.EDIT;
      default -> Effect.NONE;
    };
  }

  /**
   * The registers after POKEUSER wrote one of them; empty if the call does not tell the new values.
   */
  Optional<Registers> written(Registers before) {
    if (call.first() != POKEUSER) {
      return Optional.empty();
    }
    long value = call.fourth();
    return register(call.third())
        .map(
            register ->
                before.with(
                    register,
                    register == Register.RFLAGS
                        ? before.rflags() & ~WRITABLE_FLAGS | value & WRITABLE_FLAGS
                        : value));
  }

  /** The register at that offset of struct user_regs_struct, if it is a tested one. */
  private static Optional<Register> register(long offset) {
    return switch ((int) offset) {
      case 48 -> Optional.of(Register.R11);
      case 88 -> Optional.of(Register.RCX);
      case 128 -> Optional.of(Register.RIP);
      case 136 -> Optional.of(Register.CS);
      case 144 -> Optional.of(Register.RFLAGS);
      case 160 -> Optional.of(Register.SS);
      default -> Optional.empty();
    };
  }
}
