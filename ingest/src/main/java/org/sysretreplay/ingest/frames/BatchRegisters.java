package org.sysretreplay.ingest.frames;

import static org.sysretreplay.ingest.frames.FrameColumn.*;

import java.util.List;
import org.sysretreplay.emulator.CauseFacts;
import org.sysretreplay.emulator.RegisterFacts;
import org.sysretreplay.emulator.Registers;

/** The six registers of a batch's rows. Reading the next rows overwrites the arrays. */
public record BatchRegisters(
    long[] rip, long[] rcx, long[] r11, long[] rflags, long[] cs, long[] ss) {

  /** The columns of the registers. A batch has to read them as numbers. */
  public static final List<FrameColumn> COLUMNS = List.of(RIP, RCX, R11, RFLAGS, CS, SS);

  public static BatchRegisters of(FrameBatch batch) {
    return new BatchRegisters(
        batch.numbers(RIP),
        batch.numbers(RCX),
        batch.numbers(R11),
        batch.numbers(RFLAGS),
        batch.numbers(CS),
        batch.numbers(SS));
  }

  public Registers at(int row) {
    return new Registers(rip[row], rcx[row], r11[row], rflags[row], cs[row], ss[row]);
  }

  /** The {@link RegisterFacts#bits} of a row. */
  public int facts(int row) {
    return RegisterFacts.bits(rip[row], rcx[row], r11[row], rflags[row], cs[row], ss[row]);
  }

  /** The {@link CauseFacts#bits} of a row. */
  public int causeFacts(int row) {
    return CauseFacts.bits(rip[row], rcx[row], r11[row], rflags[row], cs[row], ss[row]);
  }
}
