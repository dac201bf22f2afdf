package org.sysretreplay.ingest.perfdata;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.sysretreplay.emulator.Registers;

/**
 * One event of a synthetic recording: its settings, and its samples. The order of their fields is
 * that of PERF_RECORD_SAMPLE in include/uapi/linux/perf_event.h.
 */
public final class SampledEvent {

  /** The registers that {@code --user-regs=ip,flags,cx,r11,cs,ss,sp,ax} asks for. */
  static final long RECOMMENDED_REGISTERS = 0x80f85;

  /** The fields of samples of {@code perf record -e raw_syscalls:sys_exit}. */
  static final long USUAL_FIELDS =
      bits(Field.IP, Field.TID, Field.TIME, Field.CPU, Field.PERIOD, Field.RAW, Field.REGS_USER)
          | Field.IDENTIFIER.bit();

  private static final int FREQUENCY = 1 << 10;
  private static final int SAMPLE_ID_ALL = 1 << 18;
  private static final int WRITE_BACKWARD = 1 << 27;

  /** The bits of sample_type by their numbers. */
  enum Field {
    IP,
    TID,
    TIME,
    ADDR,
    READ,
    CALLCHAIN,
    ID,
    CPU,
    PERIOD,
    STREAM_ID,
    RAW,
    BRANCH_STACK,
    REGS_USER,
    STACK_USER,
    WEIGHT,
    DATA_SRC,
    IDENTIFIER,
    TRANSACTION,
    REGS_INTR,
    PHYS_ADDR,
    AUX,
    CGROUP,
    DATA_PAGE_SIZE,
    CODE_PAGE_SIZE,
    WEIGHT_STRUCT;

    long bit() {
      return 1L << ordinal();
    }
  }

  static long bits(Field... fields) {
    long bits = 0;
    for (Field field : fields) {
      bits |= field.bit();
    }
    return bits;
  }

  private final String name;
  private final long number;
  private List<Long> ids = List.of();
  private long fields = USUAL_FIELDS;
  private long readFormat;
  private long period = 1;
  private boolean frequency;
  private long branchFormat;
  private long userRegisters = RECOMMENDED_REGISTERS;
  private long interruptRegisters;
  private boolean sampleIdAll = true;
  private boolean newestFirst;
  private long type = 2;
  private int rawOffset = 8;

  private SampledEvent(String name, long number) {
    this.name = name;
    this.number = number;
  }

  /** A tracepoint with one id. */
  public static SampledEvent of(String name, long number, Long... ids) {
    return new SampledEvent(name, number).ids(ids);
  }

  static SampledEvent sysExit() {
    return of("raw_syscalls:sys_exit", 441, 7L);
  }

  SampledEvent ids(Long... ids) {
    this.ids = List.of(ids);
    return this;
  }

  SampledEvent fields(long fields) {
    this.fields = fields;
    return this;
  }

  SampledEvent without(Field field) {
    return fields(fields & ~field.bit());
  }

  SampledEvent with(Field field) {
    return fields(fields | field.bit());
  }

  SampledEvent readFormat(long readFormat) {
    this.readFormat = readFormat;
    return this;
  }

  /** One event of so many is asked for; 0 of an event that is counted only. */
  public SampledEvent every(long events) {
    period = events;
    return this;
  }

  /** As {@code --no-period}: only then the kernel keeps the period. */
  public SampledEvent withoutPeriod() {
    return without(Field.PERIOD);
  }

  /** As {@code -F}. */
  SampledEvent frequency(long samples) {
    frequency = true;
    return every(samples);
  }

  SampledEvent branchFormat(long branchFormat) {
    this.branchFormat = branchFormat;
    return this;
  }

  SampledEvent userRegisters(long mask) {
    userRegisters = mask;
    return this;
  }

  SampledEvent interruptRegisters(long mask) {
    interruptRegisters = mask;
    return this;
  }

  SampledEvent sampleIdAll(boolean sampleIdAll) {
    this.sampleIdAll = sampleIdAll;
    return this;
  }

  /** The kernel writes the buffer from its end. */
  SampledEvent newestFirst() {
    newestFirst = true;
    return this;
  }

  /** 2 is a tracepoint, 1 an event of the kernel's software. */
  SampledEvent type(long type) {
    this.type = type;
    return this;
  }

  /** The offset of the syscall's number in the raw data; its result follows. */
  SampledEvent rawOffset(int offset) {
    rawOffset = offset;
    return this;
  }

  String name() {
    return name;
  }

  List<Long> ids() {
    return ids;
  }

  boolean has(Field field) {
    return (fields & field.bit()) != 0;
  }

  boolean hasUserRegister(int bit) {
    return (userRegisters >>> bit & 1) != 0;
  }

  /** struct perf_event_attr, at least as long as the fields that it has here. */
  byte[] attr(int size) {
    return new LittleEndianOutput()
        .u32(type)
        .u32(size)
        .u64(number)
        .u64(period)
        .u64(fields)
        .u64(readFormat)
        .u64(
            (frequency ? FREQUENCY : 0)
                | (sampleIdAll ? SAMPLE_ID_ALL : 0)
                | (newestFirst ? WRITE_BACKWARD : 0))
        .u32(1)
        .u32(0)
        .u64(0)
        .u64(0)
        .u64(branchFormat)
        .u64(userRegisters)
        .u32(512)
        .u32(0)
        .u64(interruptRegisters)
        .toBytes();
  }

  /** The event's format file. */
  String format(String shortName) {
    return """
        name: %s
        ID: %d
        format:
        \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
        \tfield:unsigned char common_flags;\toffset:2;\tsize:1;\tsigned:0;
        \tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

        \tfield:long id;\toffset:%d;\tsize:8;\tsigned:1;
        \tfield:unsigned long args[6];\toffset:%d;\tsize:48;\tsigned:0;
        \tfield:long ret;\toffset:%d;\tsize:8;\tsigned:1;

        print fmt: "NR %%ld = %%ld", REC->id, REC->ret
        """
        .formatted(shortName, number, rawOffset, rawOffset + 16, rawOffset + 8);
  }

  /** sample_id, the trailer of a record that is no sample. */
  byte[] trailer(int tid, long time) {
    LittleEndianOutput out = new LittleEndianOutput();
    if (sampleIdAll) {
      words(out, Field.TID, (long) tid << 32 | tid);
      words(out, Field.TIME, time);
      words(out, Field.ID, firstId());
      words(out, Field.STREAM_ID, 99);
      words(out, Field.CPU, 1);
      words(out, Field.IDENTIFIER, firstId());
    }
    return out.toBytes();
  }

  private long firstId() {
    return ids.isEmpty() ? 0 : ids.get(0);
  }

  private void words(LittleEndianOutput out, Field field, long... words) {
    if (has(field)) {
      for (long word : words) {
        out.u64(word);
      }
    }
  }

  /** The values of a sample that a test sets; everything else in it is random. */
  record Told(int pid, int tid, long time, int cpu, long nr, long ret, long abi, Registers regs) {

    static final long RSP = 0x7ffd_0000_1234L;
    static final long RAX = 0x55L;

    /** A sample of a plain syscall. */
    static Told at(int tid, long time) {
      Registers regs = Registers.ofSyscall(0x7f00_0000_1000L, 0x246);
      return new Told(tid, tid, time, 1, 39, 5, 2, regs);
    }

    Told regs(Registers regs) {
      return new Told(pid, tid, time, cpu, nr, ret, abi, regs);
    }

    Told abi(long abi) {
      return new Told(pid, tid, time, cpu, nr, ret, abi, regs);
    }

    Told nr(long nr) {
      return new Told(pid, tid, time, cpu, nr, ret, abi, regs);
    }

    /** The values of the registers by their bit numbers in asm/perf_regs.h. */
    private Map<Integer, Long> byBit() {
      Map<Integer, Long> values = new TreeMap<>();
      values.put(0, RAX);
      values.put(2, regs.rcx());
      values.put(7, RSP);
      values.put(8, regs.rip());
      values.put(9, regs.rflags());
      values.put(10, regs.cs());
      values.put(11, regs.ss());
      values.put(19, regs.r11());
      return values;
    }
  }

  /** The body of a sample of a fault at that address. */
  public byte[] fault(int tid, long time, long rip) {
    return sample(Told.at(tid, time).regs(new Registers(rip, 7, 0, 0x10246, 0x33, 0x2b)));
  }

  /** The body of a sample whose other fields are those of seed 1. */
  byte[] sample(Told told) {
    return sample(told, new Random(1));
  }

  /** The body of a sample. */
  byte[] sample(Told told, Random random) {
    LittleEndianOutput out = new LittleEndianOutput();
    words(out, Field.IDENTIFIER, firstId());
    words(out, Field.IP, random.nextLong());
    if (has(Field.TID)) {
      out.u32(told.pid()).u32(told.tid());
    }
    words(out, Field.TIME, told.time());
    words(out, Field.ADDR, random.nextLong());
    words(out, Field.ID, firstId());
    words(out, Field.STREAM_ID, random.nextLong());
    if (has(Field.CPU)) {
      out.u32(told.cpu()).u32(random.nextInt());
    }
    words(out, Field.PERIOD, random.nextLong());
    putRead(out, random);
    if (has(Field.CALLCHAIN)) {
      putCounted(out, random.nextInt(5), 1, random);
    }
    putRaw(out, told, random);
    putBranches(out, random);
    putUserRegisters(out, told, random);
    putTail(out, random);
    return out.toBytes();
  }

  /** struct read_format. */
  private void putRead(LittleEndianOutput out, Random random) {
    if (!has(Field.READ)) {
      return;
    }
    int times = Long.bitCount(readFormat & 3);
    int each = 1 + Long.bitCount(readFormat & (1 << 2 | 1 << 4));
    boolean group = (readFormat & 1 << 3) != 0;
    if (group) {
      int members = 1 + random.nextInt(4);
      out.u64(members);
      putRandom(out, times + members * each, random);
    } else {
      putRandom(out, times + each, random);
    }
  }

  private void putRaw(LittleEndianOutput out, Told told, Random random) {
    if (has(Field.RAW)) {
      LittleEndianOutput raw = new LittleEndianOutput().u16((int) number).u16(0).u32(told.tid());
      putRandom(raw, (rawOffset - 8) / 8, random);
      raw.u64(told.nr()).u64(told.ret());
      putRandom(raw, random.nextInt(2), random);
      raw.u32(0);
      out.u32(raw.size()).bytes(raw.toBytes());
    }
  }

  private void putBranches(LittleEndianOutput out, Random random) {
    if (has(Field.BRANCH_STACK)) {
      int branches = random.nextInt(4);
      out.u64(branches);
      putRandom(out, (branchFormat & 1 << 17) != 0 ? 1 : 0, random);
      putRandom(out, 3 * branches, random);
      putRandom(out, (branchFormat & 1 << 19) != 0 ? branches : 0, random);
    }
  }

  private void putUserRegisters(LittleEndianOutput out, Told told, Random random) {
    if (!has(Field.REGS_USER)) {
      return;
    }
    out.u64(told.abi());
    if (told.abi() != 0) {
      for (int bit = 0; bit < Long.SIZE; bit++) {
        if (hasUserRegister(bit)) {
          Long value = told.byBit().get(bit);
          out.u64(value == null ? random.nextLong() : value);
        }
      }
    }
  }

  private void putTail(LittleEndianOutput out, Random random) {
    if (has(Field.STACK_USER)) {
      out.u64(16);
      putRandom(out, 3, random);
    }
    if (has(Field.WEIGHT) || has(Field.WEIGHT_STRUCT)) {
      putRandom(out, 1, random);
    }
    words(out, Field.DATA_SRC, random.nextLong());
    words(out, Field.TRANSACTION, random.nextLong());
    if (has(Field.REGS_INTR)) {
      out.u64(2);
      putRandom(out, Long.bitCount(interruptRegisters), random);
    }
    for (Field field : List.of(Field.PHYS_ADDR, Field.CGROUP, Field.DATA_PAGE_SIZE)) {
      words(out, field, random.nextLong());
    }
    words(out, Field.CODE_PAGE_SIZE, random.nextLong());
    if (has(Field.AUX)) {
      putCounted(out, 8, 0, random);
      putRandom(out, 1, random);
    }
  }

  private static void putCounted(LittleEndianOutput out, int count, int wordsEach, Random random) {
    out.u64(count);
    putRandom(out, count * wordsEach, random);
  }

  private static void putRandom(LittleEndianOutput out, int words, Random random) {
    List<Long> values = new ArrayList<>();
    for (int i = 0; i < words; i++) {
      values.add(random.nextLong());
    }
    values.forEach(out::u64);
  }
}
