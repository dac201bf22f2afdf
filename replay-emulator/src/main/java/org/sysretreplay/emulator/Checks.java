package org.sysretreplay.emulator;

/** The checks that more than one model has, each with its evidence. */
final class Checks {

  static final String ENTRY_SEED = "torvalds/linux arch/x86/kernel/entry_64.S @2a23c6b8a9c4";
  static final String ENTRY_4_0 = "Xilinx/linux-xlnx arch/x86/kernel/entry_64.S @38f016f36b8a";
  static final String ENTRY_4_1 =
      "akuster/linux-yocto-4.1 arch/x86/kernel/entry_64.S @a186fc82efa0";
  static final String ENTRY_4_2 = "torvalds/linux arch/x86/kernel/entry_64.S @17be0aec74fb";
  static final String ENTRY_IA32 = "torvalds/linux arch/x86/entry/ia32entry.S @53e9accf0f76";
  static final String ENTRY_4_4 =
      "Moxa-Linux/am335x-linux-4.4 arch/x86/entry/entry_64.S @445190115937";
  static final String ENTRY_4_6 = "NuxiNL/linux arch/x86/entry/entry_64.S @047a69e8eec1";
  static final String ENTRY_4_19 = "raspberrypi/linux arch/x86/entry/entry_64.S @03d1bbf3aef6";
  static final String ENTRY_5_10 = "Rtoax/linux-5.10.13 arch/x86/entry/entry_64.S @003d85881836";
  static final String ENTRY_5_15 = "zcjie1/linux-5.15.100 arch/x86/entry/entry_64.S @34b4fd2dd8ed";
  static final String SYSCALL_C = "torvalds/linux arch/x86/entry/syscall_64.c @01dfb4805420";
  static final String PULL_6_7 = "the 6.7 pull request x86-entry-2023-10-28 and its patches";
  static final String PULL_6_9 = "the v6.9-rc1 pull request of FRED, 11 March 2024";

  private static final String RF_SENTENCE = "SYSRET cannot restore the resume flag.";
  private static final String TF_SENTENCE =
      "With the trap flag SYSRET would trap before the first user instruction, IRET traps after it.";

  private Checks() {}

  static Check rcxIsRip(String source) {
    return new Check(
        MissReason.RCX_NOT_RIP,
        new Condition.Equal(Register.RCX, Register.RIP),
        "SYSRET jumps to RCX, so RCX must be the address to return to.",
        Evidence.read(source));
  }

  static Check highBitsClear(String source) {
    return new Check(
        MissReason.RIP_NOT_USER_ADDRESS,
        new Condition.HighBitsClear(Register.RCX, 47),
        "SYSRET to a non-canonical address faults in the kernel on Intel, on a stack that the user"
            + " chose; any of the 17 high bits set is refused.",
        Evidence.read(source));
  }

  static Check signExtends(String source) {
    return new Check(
        MissReason.RIP_NOT_USER_ADDRESS,
        new Condition.SignExtends(Register.RCX, Register.RIP),
        "SYSRET to a non-canonical address faults in the kernel on Intel, on a stack that the user"
            + " chose; RCX, sign-extended, must be RIP, so exactly the canonical addresses pass.",
        Evidence.read(source));
  }

  static Check belowUserLimit(String source) {
    return new Check(
        MissReason.RIP_NOT_USER_ADDRESS,
        new Condition.BelowUserLimit(Register.RIP),
        "Every address below the end of the user's half is canonical, and one comparison tells.",
        Evidence.read(source));
  }

  static Check csIsUserCs(String source) {
    return csIsUserCs(Evidence.read(source));
  }

  static Check csIsUserCs(Evidence evidence) {
    return new Check(
        MissReason.CS_NOT_USER_CS,
        new Condition.Is(Register.CS, Selector.USER_CS),
        "SYSRET always loads the 64-bit user code segment.",
        evidence);
  }

  static Check ssIsUserDs(String source) {
    return ssIsUserDs(Evidence.read(source));
  }

  static Check ssIsUserDs(Evidence evidence) {
    return new Check(
        MissReason.SS_NOT_USER_DS,
        new Condition.Is(Register.SS, Selector.USER_DS),
        "SYSRET always loads the user data segment as SS.",
        evidence);
  }

  /**
   * The check of CS from FRED's frame layout on, in which cs is a member of 16 bits, and so is ss.
   */
  static Check csSelectorIsUserCs() {
    return new Check(
        MissReason.CS_NOT_USER_CS,
        new Condition.IsSelector(Register.CS, Selector.USER_CS),
        "SYSRET always loads the 64-bit user code segment; the slot's upper bits are FRED's.",
        Evidence.read(PULL_6_9));
  }

  static Check ssSelectorIsUserDs() {
    return new Check(
        MissReason.SS_NOT_USER_DS,
        new Condition.IsSelector(Register.SS, Selector.USER_DS),
        "SYSRET always loads the user data segment as SS; the slot's upper bits are FRED's.",
        Evidence.read(PULL_6_9));
  }

  static Check r11IsRflags(String source) {
    return new Check(
        MissReason.R11_NOT_RFLAGS,
        new Condition.Equal(Register.R11, Register.RFLAGS),
        "SYSRET loads RFLAGS from R11; all 64 bits must agree.",
        Evidence.read(source));
  }

  /** One half of a test of RF and TF together. */
  static Check noRf(Register tested, String source) {
    return new Check(
        MissReason.RF_SET,
        new Condition.Clear(tested, Rflags.RF.mask()),
        RF_SENTENCE,
        Evidence.read(source));
  }

  /** The other half of a test of RF and TF together. */
  static Check noTf(Register tested, Evidence evidence) {
    return new Check(
        MissReason.TF_SET, new Condition.Clear(tested, Rflags.TF.mask()), TF_SENTENCE, evidence);
  }

  static Check noXenPv(Evidence evidence) {
    return new Check(
        MissReason.XEN_PV_GUEST,
        new Condition.NotXenPv(),
        "A Xen PV guest returns by a hypercall and never by SYSRET.",
        evidence);
  }
}
