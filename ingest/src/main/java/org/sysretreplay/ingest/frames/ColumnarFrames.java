package org.sysretreplay.ingest.frames;

import static org.sysretreplay.ingest.frames.FrameColumn.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.sysretreplay.emulator.Assembly;
import org.sysretreplay.emulator.Assembly.Recorded;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.FrameClass;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.ingest.frames.FrameColumn.Presence;

/**
 * A buffer of frames by columns, each in blocks of rows. A column of texts holds numbers, which
 * {@link #text} turns into texts.
 */
public final class ColumnarFrames {

  /** How many rows a block of a column has, a power of two. */
  public static final int BLOCK_ROWS = 1 << BlockPool.ROW_BITS;

  private static final FrameColumn[] COLUMNS = FrameColumn.values();
  private static final long[] NO_WORDS = {};

  /** The blocks of each column. In a {@link Presence#RARE} column, one without values is null. */
  private final List<List<long[]>> blocks =
      Stream.of(COLUMNS).<List<long[]>>map(it -> new ArrayList<>()).toList();

  /** The last block of each column, to which the next row goes. */
  private final long[][] last = new long[COLUMNS.length][];

  private final BlockPool pool;

  /** The {@link #unusual} rows of each column. */
  private final BitSet[] unusual = new BitSet[COLUMNS.length];

  private final TextDictionary texts = new TextDictionary();
  private int size;

  /** The index within the last blocks of the row that is being added. */
  private int row;

  /** An empty buffer. */
  public ColumnarFrames() {
    this(new BlockPool());
  }

  /** An empty buffer that shares its blocks with others. */
  ColumnarFrames(BlockPool pool) {
    this.pool = pool;
    Arrays.setAll(unusual, i -> new BitSet());
  }

  /** Removes all rows. */
  public void clear() {
    size = 0;
    for (BitSet rows : unusual) {
      rows.clear();
    }
    Stream.of(COLUMNS).forEach(this::clear);
  }

  /** Gives the values of a column back, which are read no more; what else is known of it stays. */
  void clear(FrameColumn column) {
    List<long[]> values = blocks.get(column.ordinal());
    values.stream().filter(Objects::nonNull).forEach(pool::giveBack);
    values.clear();
  }

  public int size() {
    return size;
  }

  /**
   * The values of a column in one block: of {@link #BLOCK_ROWS} rows, or fewer in the last block.
   * What stands in rows without a value, and behind the last row, is undefined.
   */
  public long[] block(FrameColumn column, int block) {
    List<long[]> ofColumn = blocks.get(column.ordinal());
    long[] values = block < ofColumn.size() ? ofColumn.get(block) : null;
    return values == null ? BlockPool.NO_VALUES : values;
  }

  /** All blocks of a column, to be read with {@link #value}. */
  long[][] blocks(FrameColumn column) {
    long[][] all = new long[blocks.get(column.ordinal()).size()][];
    Arrays.setAll(all, i -> block(column, i));
    return all;
  }

  /** A row's value in these {@link #blocks}. */
  static long value(long[][] blocks, int row) {
    return blocks[row >>> BlockPool.ROW_BITS][row & BLOCK_ROWS - 1];
  }

  /**
   * The exceptional rows of a column: those without a value, or, in a {@link Presence#RARE} column,
   * those with one.
   */
  BitSet unusual(FrameColumn column) {
    return unusual[column.ordinal()];
  }

  /**
   * The rows without a value in a column as bits, 64 rows to a word; no words at all if every row
   * has a value. Asking a set row by row would take as long as reading the column.
   */
  public long[] nulls(FrameColumn column) {
    BitSet rows = unusual(column);
    return switch (column.presence()) {
      case ALWAYS -> NO_WORDS;
      case USUAL -> rows.isEmpty() ? NO_WORDS : words(rows);
      case RARE -> allBut(words(rows));
    };
  }

  private long[] words(BitSet rows) {
    return Arrays.copyOf(rows.toLongArray(), (size + Long.SIZE - 1) / Long.SIZE);
  }

  private static long[] allBut(long[] words) {
    for (int i = 0; i < words.length; i++) {
      words[i] = ~words[i];
    }
    return words;
  }

  /** The number of texts; they are numbered from 0. */
  public int texts() {
    return texts.size();
  }

  /** The length of all texts together. */
  long characters() {
    return texts.characters();
  }

  /** The text of that number. */
  public String text(long number) {
    return texts.text(number);
  }

  /**
   * Adds a frame as a row, with the same values as {@link FrameColumn#value}, which would take five
   * times as long.
   */
  public void add(ExitFrame frame) {
    row = size & BLOCK_ROWS - 1;
    if (row == 0) {
      addBlocks();
    }
    put(SEQ, frame.seq());
    put(TS_NS, frame.timeNanos());
    put(CPU, frame.cpu());
    put(PID, frame.task().pid());
    put(TID, frame.task().tid());
    put(COMM, frame.task().comm());
    put(ENTRY, texts.entries.of(frame.entry()));
    put(EVENT, frame.event());
    put(NR, frame.syscall());
    put(RET, frame.result());
    putRegisters(frame);
    putAssembly(frame.assembly());
    put(COUNT, frame.count());
    put(FRAME_CLASS, FrameClass.code(frame));
    size++;
  }

  private void addBlocks() {
    for (FrameColumn column : COLUMNS) {
      int i = column.ordinal();
      last[i] = column.presence() == Presence.RARE ? null : pool.take();
      blocks.get(i).add(last[i]);
    }
  }

  private void putRegisters(ExitFrame frame) {
    Registers regs = frame.registers();
    put(RIP, regs.rip());
    put(RCX, regs.rcx());
    put(R11, regs.r11());
    put(RFLAGS, regs.rflags());
    put(CS, regs.cs());
    put(SS, regs.ss());
    put(RSP, frame.rsp());
    put(RAX, frame.rax());
  }

  private void putAssembly(Assembly assembly) {
    put(PATH, texts.paths.of(assembly.path()));
    put(STAGE, texts.stages.of(assembly.stage()));
    if (assembly.cause().isPresent()) {
      put(CAUSE, texts.causes.of(assembly.cause().get()));
    } else {
      putNull(CAUSE);
    }
    if (assembly.recorded().isPresent()) {
      putRecorded(assembly.recorded().get());
    }
  }

  private void putRecorded(Recorded recorded) {
    Registers regs = recorded.registers();
    putRare(RECORDED_ENTRY, texts.entries.of(recorded.entry()));
    putRare(RECORDED_PATH, texts.paths.of(recorded.path()));
    putRare(RECORDED_RIP, regs.rip());
    putRare(RECORDED_RCX, regs.rcx());
    putRare(RECORDED_R11, regs.r11());
    putRare(RECORDED_RFLAGS, regs.rflags());
    putRare(RECORDED_CS, regs.cs());
    putRare(RECORDED_SS, regs.ss());
    putRare(RECORDED_RSP, recorded.rsp());
    putRare(RECORDED_RAX, recorded.rax());
  }

  private void put(FrameColumn column, long value) {
    last[column.ordinal()][row] = value;
  }

  private void put(FrameColumn column, OptionalLong value) {
    if (value.isPresent()) {
      put(column, value.getAsLong());
    } else {
      putNull(column);
    }
  }

  private void put(FrameColumn column, Optional<String> text) {
    if (text.isPresent()) {
      put(column, texts.of(text.get()));
    } else {
      putNull(column);
    }
  }

  private void putRare(FrameColumn column, long value) {
    if (last[column.ordinal()] == null) {
      addRareBlock(column.ordinal());
    }
    put(column, value);
    putUnusual(column);
  }

  private void addRareBlock(int column) {
    last[column] = pool.take();
    blocks.get(column).set(size >>> BlockPool.ROW_BITS, last[column]);
  }

  private void putRare(FrameColumn column, OptionalLong value) {
    if (value.isPresent()) {
      putRare(column, value.getAsLong());
    }
  }

  /** Nulls have the value 0, so that they compare as equal when rows are sorted. */
  private void putNull(FrameColumn column) {
    put(column, 0);
    putUnusual(column);
  }

  private void putUnusual(FrameColumn column) {
    unusual[column.ordinal()].set(size);
  }
}
