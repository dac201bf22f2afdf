package org.sysretreplay.ingest.perfdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.ingest.perfdata.SampledEvent.Told;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.ExecutableMap;
import org.sysretreplay.ingest.trace.ExecutableMaps;
import org.sysretreplay.ingest.trace.Reading;

/** The mappings that follow from records of maps, forks and names. */
class MapsTest {

  private static final int KERNEL = 1;
  private static final int USER = 2;
  private static final int EXEC = 1 << 13;
  private static final int READ_EXECUTE = 5;
  private static final int READ_WRITE = 3;

  @TempDir private Path folder;

  private final SampledEvent event = SampledEvent.sysExit();
  private final PerfDataBuilder file = new PerfDataBuilder().event(event);

  private void mmap(int misc, int pid, long start, String path, long time) {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    LittleEndianOutput body = new LittleEndianOutput().u32(pid).u32(pid);
    body.u64(start).u64(0x2000).u64(start >> 4).bytes(name).zeros(8 - name.length % 8);
    file.record(1, misc, body.bytes(event.trailer(pid, time)).toBytes());
  }

  private void mmap2(int protection, int pid, long start, String path, long time) {
    file.mmap2(event, protection, pid, start, path, time);
  }

  private void exec(int pid, long time) {
    file.record(
        3,
        EXEC,
        new LittleEndianOutput()
            .u32(pid)
            .u32(pid)
            .text("program\0")
            .bytes(event.trailer(pid, time))
            .toBytes());
  }

  private static ExecutableMap map(long pid, long since, long until, long start, String path) {
    return new ExecutableMap(pid, time(since), time(until), start, 0x2000, start >> 4, path);
  }

  private static OptionalLong time(long time) {
    return time == 0 ? OptionalLong.empty() : OptionalLong.of(time);
  }

  private ExecutableMaps read() throws IOException {
    Path path = file.writeTo(folder.resolve("perf.data"));
    try (CountingReader reader =
        new CountingReader(TraceFormat.PERF_DATA.open(path, Reading.ASSEMBLED))) {
      reader.forEachRemaining(it -> {});
      return reader.maps();
    }
  }

  @Test
  void codeOfProcessesIsKeptAndNothingElse() throws IOException {
    mmap(USER, 5, 0x400000, "/bin/old", 0);
    mmap(USER | EXEC, 5, 0x500000, "/bin/old", 0);
    mmap(KERNEL, -1, 0x600000, "[kernel.kallsyms]_text", 0);
    mmap2(READ_WRITE, 6, 0x700000, "/bin/data", 10);
    mmap2(READ_EXECUTE, 6, 0x800000, "[vdso]", 20);
    mmap2(READ_EXECUTE, 6, 0x900000, "/tmp/\u202e\033[2J", 30);

    assertThat(read())
        .isEqualTo(
            new ExecutableMaps(
                List.of(
                    map(5, 0, 0, 0x400000, "/bin/old"),
                    map(6, 20, 0, 0x800000, "[vdso]"),
                    map(6, 30, 0, 0x900000, "/tmp/\u202e\033[2J")),
                0));
  }

  @Test
  void aProcessHasItsMakersCodeUntilItStartsAProgram() throws IOException {
    mmap2(READ_EXECUTE, 5, 0x400000, "/bin/sh", 10);
    file.fork(event, 6, 5, 20);
    mmap2(READ_EXECUTE, 5, 0x500000, "/lib/late.so", 30);
    exec(6, 40);
    mmap2(READ_EXECUTE, 6, 0x600000, "/bin/true", 50);
    // The number goes to another process.
    file.fork(event, 6, 5, 60);

    assertThat(read().maps())
        .containsExactly(
            map(5, 10, 0, 0x400000, "/bin/sh"),
            map(6, 20, 40, 0x400000, "/bin/sh"),
            map(5, 30, 0, 0x500000, "/lib/late.so"),
            map(6, 50, 60, 0x600000, "/bin/true"),
            map(6, 60, 0, 0x400000, "/bin/sh"),
            map(6, 60, 0, 0x500000, "/lib/late.so"));
  }

  /** For such a process perf writes its mappings out. */
  @Test
  void aProcessFromBeforeTheRecordingInheritsNothing() throws IOException {
    mmap2(READ_EXECUTE, 5, 0x400000, "/bin/sh", 0);
    file.fork(event, 6, 5, 0);

    assertThat(read().maps()).containsExactly(map(5, 0, 0, 0x400000, "/bin/sh"));
  }

  @Test
  void buffersOfProcessorsComeInTheOrderOfTime() throws IOException {
    file.fork(event, 6, 5, 20);
    mmap2(READ_EXECUTE, 5, 0x400000, "/bin/sh", 10);

    assertThat(read().maps())
        .containsExactly(map(5, 10, 0, 0x400000, "/bin/sh"), map(6, 20, 0, 0x400000, "/bin/sh"));
  }

  @Test
  void whatCannotBeKeptIsCountedAndNoFrameIsLost() throws IOException {
    mmap2(READ_EXECUTE, 5, 0x400000, "/bin/sh", 10);
    mmap2(READ_EXECUTE, 5, 0x500000, "/" + "x".repeat(ExecutableMaps.LONGEST_PATH), 20);
    file.record(10, USER, new byte[24]);
    file.sample(event.sample(Told.at(5, 30)));

    Path path = file.writeTo(folder.resolve("perf.data"));
    try (CountingReader reader =
        new CountingReader(TraceFormat.PERF_DATA.open(path, Reading.ASSEMBLED))) {
      reader.forEachRemaining(it -> {});
      assertThat(reader.counts()).isEqualTo(new Counts(1, 1, 0, 0, 0));
      assertThat(reader.maps().maps()).containsExactly(map(5, 10, 0, 0x400000, "/bin/sh"));
      assertThat(reader.maps().leftOut()).isEqualTo(2);
    }
  }

  @Test
  void moreThanAreKeptAreCounted() {
    AddressSpaces spaces = new AddressSpaces(5);
    for (int i = 0; i < 3; i++) {
      spaces.take(new AddressSpaceEvent.Mapped(i + 1, 1, i << 12, 1, 0, "f"));
    }
    spaces.take(new AddressSpaceEvent.Copied(10, 2, 1));
    spaces.take(new AddressSpaceEvent.Mapped(11, 1, 3 << 12, 1, 0, "f"));
    spaces.take(new AddressSpaceEvent.Mapped(12, 1, 4 << 12, 1, 0, "f"));
    spaces.take(new AddressSpaceEvent.Mapped(13, 1, 5 << 12, 1, 0, "f"));

    assertThat(spaces.maps().maps()).extracting(ExecutableMap::pid).containsOnly(1L).hasSize(5);
    assertThat(spaces.maps().leftOut()).isEqualTo(3 + 1);
  }
}
