package org.sysretreplay.ingest.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.MachineSign;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.Traces;
import org.sysretreplay.ingest.trace.Bounds;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.TraceException;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/**
 * The kinds of files that people really have, the result of each, and at least three different
 * files of each kind, of which at most two show a fault that was once found. The script {@code
 * wild/record} recorded those that are recordings.
 */
class WildFilesTest {

  private static final int LEAST_FILES = 3;

  private static final int LEAST_OF_OTHERS = 2;

  /** The result of one file or folder: what was refused, and what was read. */
  private record Seen(List<String> refused, List<Traces.Whole> read) {

    List<ExitFrame> frames() {
      return read.stream().flatMap(it -> it.frames().stream()).toList();
    }

    List<RejectReason> rejects() {
      return read.stream().flatMap(it -> it.rejects().stream()).map(it -> it.reason()).toList();
    }

    long ignored() {
      return read.stream().mapToLong(it -> it.counts().ignored()).sum();
    }

    /** Frames and no rejects. */
    Seen judged() {
      assertThat(refused).isEmpty();
      assertThat(rejects()).isEmpty();
      assertThat(frames()).isNotEmpty();
      return this;
    }

    void refusedFor(String why) {
      assertThat(read).isEmpty();
      assertThat(refused).singleElement().asString().contains(why).endsWith(".");
    }
  }

  /** A file, and whether it was once found to show a fault. */
  private record Wild(String name, boolean isKnownFault, Making making) {

    @FunctionalInterface
    interface Making {

      /** The bytes of the file. */
      byte[] bytes() throws IOException;
    }

    byte[] bytes() {
      try {
        return making.bytes();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    static Wild of(String name, Making making) {
      return new Wild(name, false, making);
    }

    /** A file that lies beside the tests. */
    static Wild resource(String path) {
      boolean known = path.startsWith("cases/") || path.startsWith("perfdata/");
      return new Wild(path, known, () -> unpacked(path));
    }

    /** A file of the folder sample-traces. */
    static Wild sample(String path) {
      return of(path, () -> Files.readAllBytes(Traces.samples().resolve(path)));
    }

    Wild changed(String how, Change change) {
      return new Wild(name + " " + how, isKnownFault, () -> change.of(making.bytes()));
    }

    Wild text(String how, TextChange change) {
      return changed(how, it -> change.of(new String(it, UTF_8)).getBytes(UTF_8));
    }
  }

  @FunctionalInterface
  private interface Change {
    byte[] of(byte[] bytes) throws IOException;
  }

  @FunctionalInterface
  private interface TextChange {
    String of(String text) throws IOException;
  }

  private static byte[] unpacked(String path) throws IOException {
    try (InputStream in = WildFilesTest.class.getResourceAsStream("/" + path)) {
      return path.endsWith(".gz") ? new GZIPInputStream(in).readAllBytes() : in.readAllBytes();
    }
  }

  private static Wild recording(String workload) {
    return Wild.sample(workload + "/perf.data");
  }

  private static Wild printed(String workload) {
    return Wild.of(
        workload + "/perf.script.gz",
        () -> Traces.unpacked(Traces.samples().resolve(workload + "/perf.script.gz")));
  }

  private static Wild printedAs(String name) {
    return Wild.resource("printed/" + name + ".perf.script.gz");
  }

  private static Wild synthetic(String name) {
    return Wild.sample("synthetic/" + name + ".perf.script");
  }

  private static Wild ftrace() {
    return Wild.of(
        "flavours/probes.trace.gz",
        () -> Traces.unpacked(Traces.samples().resolve("flavours/probes.trace.gz")));
  }

  /** Frames of a text as lines of JSON. */
  private static Wild lines(Wild text) {
    return text.changed("as JSON lines", it -> lines(it).getBytes(UTF_8));
  }

  private static String lines(byte[] text) throws IOException {
    return frames(text).stream()
        .map(it -> Traces.json(it).replace("{", "{\"entry\":\"%s\",".formatted(it.entry().key())))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static List<ExitFrame> frames(byte[] text) throws IOException {
    Path file = Files.createTempFile("wild", ".perf.script");
    try {
      Files.write(file, text);
      return Traces.readAll(TraceFormat.PERF_SCRIPT, file, Reading.ASSEMBLED).frames();
    } finally {
      Files.delete(file);
    }
  }

  private static String eachLine(String text, Pattern what, String by) {
    return text.lines()
        .map(it -> what.matcher(it).replaceFirst(by))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** The text between the task and the event. */
  private static final Pattern CPU = Pattern.compile("\\[\\d{3}\\] ");

  private static final Pattern TIME = Pattern.compile("(\\d+\\.\\d+): ");

  private static final Pattern REGISTERS = Pattern.compile(" ABI:.*");

  /** Times as {@code --deltatime} prints them. */
  private static String differences(String text) {
    BigDecimal[] last = {null};
    return TIME.matcher(
            text.lines().filter(it -> !it.startsWith("#")).collect(Collectors.joining("\n")))
        .replaceAll(
            (MatchResult it) -> {
              BigDecimal time = new BigDecimal(it.group(1));
              BigDecimal since = last[0] == null ? BigDecimal.ZERO : time.subtract(last[0]).abs();
              last[0] = time;
              return since.toPlainString() + ": ";
            });
  }

  private static byte[] ofMachine(byte[] recording, String machine) {
    String text = new String(recording, ISO_8859_1);
    int at = text.lastIndexOf("x86_64\0\0");
    assertThat(at).isPositive();
    return (text.substring(0, at) + machine + "\0" + text.substring(at + machine.length() + 1))
        .getBytes(ISO_8859_1);
  }

  private static byte[] withMagic(byte[] recording, String magic) {
    byte[] other = recording.clone();
    System.arraycopy(magic.getBytes(ISO_8859_1), 0, other, 0, magic.length());
    return other;
  }

  /** Clears the bit of a feature section, as if perf had not written it. */
  private static byte[] without(byte[] recording, int feature) {
    ByteBuffer header = ByteBuffer.wrap(recording.clone()).order(ByteOrder.LITTLE_ENDIAN);
    int bits = 72;
    long set = header.getLong(bits);
    assertThat(set & 1L << feature).as("the section is there").isNotZero();
    int before = Long.bitCount(set & (1L << feature) - 1);
    int all = Long.bitCount(set);
    header.putLong(bits, set & ~(1L << feature));
    // The table of sections stands behind the data; those behind the one that is gone move up.
    int table = (int) (header.getLong(40) + header.getLong(48));
    byte[] bytes = header.array();
    System.arraycopy(
        bytes, table + 16 * (before + 1), bytes, table + 16 * before, 16 * (all - before - 1));
    return bytes;
  }

  private static final int EVENT_DESC = 12;

  private static byte[] eachSample(byte[] recording, SampleChange change) {
    ByteBuffer bytes = ByteBuffer.wrap(recording.clone()).order(ByteOrder.LITTLE_ENDIAN);
    int at = (int) bytes.getLong(40);
    int end = at + (int) bytes.getLong(48);
    for (int samples = 0; at < end; at += Short.toUnsignedInt(bytes.getShort(at + 6))) {
      if (bytes.getInt(at) == 9) {
        change.of(bytes, at, samples++);
      }
    }
    return bytes.array();
  }

  @FunctionalInterface
  private interface SampleChange {
    void of(ByteBuffer bytes, int at, int number);
  }

  private static byte[] gzip(byte[] bytes, OutputStream to) throws IOException {
    try (GZIPOutputStream out = new GZIPOutputStream(to)) {
      out.write(bytes);
    }
    return bytes;
  }

  private static byte[] twoGzipMembers(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int half = bytes.length / 2;
    gzip(Arrays.copyOf(bytes, half), out);
    gzip(Arrays.copyOfRange(bytes, half, bytes.length), out);
    return out.toByteArray();
  }

  private static byte[] xz(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (XZOutputStream to = new XZOutputStream(out, new LZMA2Options(1))) {
      to.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] zstd(byte[] bytes) throws IOException {
    Path file = Files.createTempFile("wild", ".zst");
    try {
      return Files.readAllBytes(Traces.zstd(file, bytes));
    } finally {
      Files.delete(file);
    }
  }

  private static byte[] bytes(byte[] mark, byte[] text) {
    byte[] all = Arrays.copyOf(mark, mark.length + text.length);
    System.arraycopy(text, 0, all, mark.length, text.length);
    return all;
  }

  private static byte[] mark(int... bytes) {
    byte[] mark = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      mark[i] = (byte) bytes[i];
    }
    return mark;
  }

  private enum Kind {
    ANOTHER_MACHINE {
      @Override
      List<Wild> files() {
        return List.of(
            Wild.resource("perfdata/aarch64.perf.data"),
            recording("shell").changed("of ppc64le", it -> ofMachine(it, "ppc64le")),
            recording("rseq").changed("of i686", it -> ofMachine(it, "i686")),
            Wild.sample("flavours/compressed.perf.data")
                .changed("of riscv64", it -> ofMachine(it, "riscv64")),
            Wild.sample("flavours/pipe.perf.data")
                .changed("of s390x", it -> ofMachine(it, "s390x")));
      }

      @Override
      void check(Seen seen) {
        seen.refusedFor("it was recorded on ");
      }
    },
    KERNEL_THREADS {
      @Override
      List<Wild> files() {
        return List.of(
            Wild.resource("perfdata/kernel-threads.perf.data"),
            Wild.resource("wild/timers.perf.data.gz"),
            Wild.resource("wild/timers.perf.script.gz"));
      }

      @Override
      void check(Seen seen) {
        assertThat(seen.judged().ignored()).isPositive();
      }
    },
    EVENTS_WITHOUT_A_NAME {
      @Override
      List<Wild> files() {
        return List.of(
            Wild.resource("perfdata/pipe-without-names.perf.data"),
            Wild.resource("wild/clock.perf.data.gz")
                .changed("without EVENT_DESC", it -> without(it, EVENT_DESC)),
            Wild.resource("wild/faults.perf.data.gz")
                .changed("without EVENT_DESC", it -> without(it, EVENT_DESC)));
      }

      @Override
      void check(Seen seen) {
        assertThat(seen.judged().ignored()).isPositive();
      }
    },
    TIMES_THAT_ARE_NONE {
      @Override
      List<Wild> files() {
        return List.of(
            Wild.resource("cases/deltatime.perf.script"),
            printedAs("differences"),
            printed("shell").text("with differences", WildFilesTest::differences),
            printed("threads").text("with differences", WildFilesTest::differences),
            recording("trap-flag")
                .changed(
                    "in no order",
                    it ->
                        eachSample(
                            it, (bytes, at, i) -> bytes.putLong(at + 24, i * 7_919L % 4_000))));
      }

      @Override
      void check(Seen seen) {
        assertThat(seen.refused())
            .singleElement()
            .asString()
            .containsAnyOf("its times are no timestamps", "the times of its samples go back");
      }
    },
    EMPTY_RECORDING {
      @Override
      List<Wild> files() {
        return List.of(
            recording("trap-flag")
                .changed(
                    "without samples",
                    it -> eachSample(it, (bytes, at, i) -> bytes.putInt(at, 40))),
            printed("shell")
                .text(
                    "without lines",
                    it ->
                        it.lines()
                            .filter(line -> line.startsWith("#"))
                            .collect(Collectors.joining("\n", "", "\n"))),
            ftrace()
                .text(
                    "without lines",
                    it ->
                        it.lines()
                            .filter(line -> line.startsWith("#"))
                            .collect(Collectors.joining("\n", "", "\n"))));
      }

      @Override
      void check(Seen seen) {
        assertThat(seen.refused()).isEmpty();
        assertThat(seen.read())
            .singleElement()
            .satisfies(it -> assertThat(it.counts().seen()).isZero());
      }
    },
    MESSAGES_ABOVE_A_TEXT {
      @Override
      List<Wild> files() {
        String warnings =
            "Warning:\nProcessed 900 events and lost 2 chunks!\n\nCheck IO/CPU overload!\n\n";
        return List.of(
            Wild.resource("cases/stderr-mixed-in.perf.script"),
            printedAs("mixed-in"),
            printed("shell").text("below a warning", it -> warnings + it),
            printed("http").text("without header, below a warning", it -> warnings + body(it)));
      }

      @Override
      void check(Seen seen) {
        assertThat(seen.refused()).isEmpty();
        assertThat(seen.frames()).isNotEmpty();
        assertThat(seen.rejects()).isNotEmpty().containsOnly(RejectReason.MALFORMED_LINE);
        assertThat(seen.rejects()).hasSizeLessThan(20);
      }
    },
    CALL_STACKS {
      @Override
      List<Wild> files() {
        return List.of(
            Wild.resource("cases/callchain.perf.script"),
            printedAs("stacks"),
            printedAs("sources"),
            printed("rseq")
                .text(
                    "with stacks",
                    it ->
                        body(it)
                            .lines()
                            .map(
                                line ->
                                    line.replaceFirst(
                                        " ABI:",
                                        "\n\t    7f1234567890 [unknown] (libc.so.6)\n ABI:"))
                            .collect(Collectors.joining("\n\n", "", "\n"))));
      }

      /** A text that ends within a stack: its last sample lacks its registers. */
      @Override
      void check(Seen seen) {
        assertThat(seen.refused()).isEmpty();
        assertThat(seen.frames()).isNotEmpty();
        assertThat(seen.rejects())
            .hasSizeLessThan(2)
            .allMatch(Predicate.isEqual(RejectReason.NO_USER_REGISTERS));
      }
    },
    NO_CPU_OR_TIME {
      @Override
      List<Wild> files() {
        return List.of(
            printedAs("no-cpu"),
            printedAs("no-cpu-no-time"),
            printed("shell").text("without CPU", it -> eachLine(it, CPU, "")),
            printed("database").text("without time", it -> eachLine(it, TIME, "")));
      }

      @Override
      void check(Seen seen) {
        seen.judged();
      }
    },
    FURTHER_FIELDS {
      @Override
      List<Wild> files() {
        return List.of(
            printedAs("more-fields"),
            printedAs("interrupts"),
            printedAs("added"),
            printed("vsyscall").text("with a period", it -> eachLine(it, TIME, "$1:          1 ")));
      }

      @Override
      void check(Seen seen) {
        seen.judged();
      }
    },
    LINES_OF_OTHER_RECORDS {
      @Override
      List<Wild> files() {
        String map =
            "              ls  7/7  [000]     1.000001: PERF_RECORD_MMAP2 7/7: [0x7f00(0x1000) @ 0 fe:00 1 2]: r--p /bin/ls\n";
        String lost = "              ls  7/7  [000]     1.000001: PERF_RECORD_LOST lost 5\n";
        return List.of(
            printedAs("records"),
            printed("shell").text("and a map", it -> header(it) + map + body(it)),
            printed("http").text("and a loss", it -> header(it) + lost + body(it)));
      }

      @Override
      void check(Seen seen) {
        seen.judged();
      }
    },
    NO_REGISTERS_PRINTED {
      @Override
      List<Wild> files() {
        return List.of(
            printedAs("by-default"),
            printedAs("interrupts-only"),
            printed("shell").text("without registers", it -> eachLine(it, REGISTERS, "")));
      }

      @Override
      void check(Seen seen) {
        assertThat(seen.refused()).isEmpty();
        assertThat(seen.frames()).isEmpty();
        assertThat(seen.rejects()).isNotEmpty().containsOnly(RejectReason.NO_USER_REGISTERS);
      }
    },
    ENCODED_OTHERWISE {
      @Override
      List<Wild> files() {
        return List.of(
            printed("shell").changed("with a mark", it -> bytes(mark(0xef, 0xbb, 0xbf), it)),
            printed("http")
                .changed(
                    "in UTF-16LE",
                    it -> bytes(mark(0xff, 0xfe), new String(it, UTF_8).getBytes(UTF_16LE))),
            lines(synthetic("fred"))
                .changed(
                    "in UTF-16BE",
                    it -> bytes(mark(0xfe, 0xff), new String(it, UTF_8).getBytes(UTF_16BE))),
            ftrace().text("with carriage returns", it -> it.replace("\n", "\r\n")));
      }

      @Override
      void check(Seen seen) {
        seen.judged();
      }
    },
    PACKED {
      @Override
      List<Wild> files() {
        return List.of(
            recording("rseq").changed("in xz", WildFilesTest::xz),
            printed("shell").changed("in two members of gzip", WildFilesTest::twoGzipMembers),
            Wild.sample("flavours/pipe.perf.data").changed("in zstd", WildFilesTest::zstd),
            lines(synthetic("la57")).changed("in xz", WildFilesTest::xz));
      }

      @Override
      void check(Seen seen) {
        seen.judged();
      }
    },
    PACKED_AS_NOTHING_UNPACKS_HERE {
      @Override
      List<Wild> files() {
        // The magic follows the compression level; the content of the blocks does not matter.
        return List.of(
            Wild.of("bzip2 -1", () -> bytes("BZh11AY&SY".getBytes(ISO_8859_1), new byte[40])),
            Wild.of("bzip2 -9", () -> bytes("BZh91AY&SY".getBytes(ISO_8859_1), new byte[400])),
            Wild.of(
                "bzip2 of nothing",
                () ->
                    bytes("BZh9".getBytes(ISO_8859_1), mark(0x17, 0x72, 0x45, 0x38, 0x50, 0x90))));
      }

      @Override
      void check(Seen seen) {
        seen.refusedFor("it is packed with bzip2; unpack it (bunzip2), or pack it with gzip");
      }
    },
    JSON_OF_SEVERAL_LINES {
      @Override
      List<Wild> files() {
        return List.of(
            lines(synthetic("fred"))
                .text("as an array", it -> "[" + it.strip().replace("\n", ",\n") + "]"),
            lines(synthetic("la57"))
                .text("as an array on one line", it -> "[" + it.strip().replace("\n", ",") + "]\n"),
            lines(synthetic("iopl"))
                .text(
                    "as jq prints it",
                    it -> it.replace(",", ",\n  ").replace("{", "{\n  ").replace("}", "\n}")));
      }

      @Override
      void check(Seen seen) {
        seen.judged();
      }
    },
    VERSION_1 {
      @Override
      List<Wild> files() {
        return List.of(
            Wild.sample("bad/version-1.perf.data"),
            recording("shell").changed("of version 1", it -> withMagic(it, "PERFFILE")),
            recording("http").changed("of version 1", it -> withMagic(it, "PERFFILE")));
      }

      @Override
      void check(Seen seen) {
        seen.refusedFor("this is a perf.data of version 1 (PERFFILE)");
      }
    },
    THROUGH_A_PIPE {
      @Override
      List<Wild> files() {
        return List.of(
            Wild.sample("flavours/pipe.perf.data"),
            Wild.sample("flavours/compressed-pipe.perf.data"),
            printed("shell"),
            ftrace(),
            lines(synthetic("fred")));
      }

      @Override
      Seen look(Wild wild, Path folder) {
        return seen(
            TraceInputs.find(
                List.of(Path.of(TraceInputs.STDIN)),
                Optional.empty(),
                Optional.empty(),
                Bounds.USUAL,
                Files::list,
                new ByteArrayInputStream(wild.bytes())));
      }

      @Override
      void check(Seen seen) {
        seen.judged();
      }
    },
    RCX_IS_MINUS_ONE {
      @Override
      List<Wild> files() {
        return List.of(
            Wild.resource("cases/rhel7.perf.script"),
            synthetic("kernel-4.0"),
            Wild.sample("bad/rcx-unknown.perf.data"),
            printed("rseq")
                .text(
                    "of 3.10",
                    it ->
                        it.replaceFirst(
                                "(?m)^# os release : .*", "# os release : 3.10.0-1160.el7.x86_64")
                            .replaceAll(
                                "(sys_exit: NR \\d.*) CX:0x[0-9a-f]+",
                                "$1 CX:0xffffffffffffffff")));
      }

      @Override
      void check(Seen seen) {
        assertThat(seen.refused()).isEmpty();
        assertThat(seen.rejects()).isNotEmpty().containsOnly(RejectReason.RCX_UNKNOWN);
        assertThat(seen.frames())
            .noneMatch(it -> it.entry().key().equals("syscall") && it.registers().rcx() == -1);
      }
    },
    UPROBE_CALLS {
      @Override
      List<Wild> files() {
        return List.of(
            synthetic("uprobe"),
            synthetic("uprobe").text("without header", WildFilesTest::body),
            synthetic("uprobe").text("in microseconds, without CPU", it -> eachLine(it, CPU, "")));
      }

      @Override
      void check(Seen seen) {
        assertThat(seen.judged().frames())
            .anyMatch(it -> it.cause().equals(Optional.of(Cause.UPROBE)));
        assertThat(seen.frames().stream().filter(it -> it.path() == EntryPath.RT_SIGRETURN))
            .hasSizeLessThan(3);
      }
    },
    HANDLERS_OF_64_BIT_CODE {
      @Override
      List<Wild> files() {
        return List.of(
            synthetic("wow64"),
            synthetic("wow64")
                .text(
                    "with handlers above 4 GB",
                    it -> it.replace("sa_handler=7bc40000", "sa_handler=7f2a4c000100")),
            synthetic("wow64").text("without header", WildFilesTest::body));
      }

      @Override
      void check(Seen seen) {
        assertThat(seen.judged().frames())
            .anyMatch(
                it ->
                    it.cause().equals(Optional.of(Cause.SIGNAL_DELIVERY))
                        && it.registers().cs() == 0x33
                        && it.assembly().recorded().orElseThrow().registers().cs() == 0x23);
      }
    },
    FRAMES_OF_FRED {
      @Override
      List<Wild> files() {
        return ofSign("fred");
      }

      @Override
      void check(Seen seen) {
        assertShows(seen, MachineSign.FRED);
      }
    },
    FRAMES_OF_5_LEVEL_PAGING {
      @Override
      List<Wild> files() {
        return ofSign("la57");
      }

      @Override
      void check(Seen seen) {
        assertShows(seen, MachineSign.LA57);
      }
    },
    FRAMES_OF_XEN {
      @Override
      List<Wild> files() {
        return ofSign("xen-pv");
      }

      @Override
      void check(Seen seen) {
        assertShows(seen, MachineSign.XEN_PV);
      }
    };

    abstract List<Wild> files();

    abstract void check(Seen seen);

    Seen look(Wild wild, Path folder) {
      try {
        Path file = Files.write(folder.resolve("file"), wild.bytes());
        return seen(TraceInputs.find(List.of(file), Optional.empty(), Optional.empty()));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    /** In every kind of format that holds frames. */
    private static List<Wild> ofSign(String name) {
      return List.of(
          synthetic(name),
          lines(synthetic(name)),
          synthetic(name).changed("as Parquet", it -> Traces.parquet(frames(it))));
    }

    private static void assertShows(Seen seen, MachineSign sign) {
      assertThat(seen.judged().frames())
          .anyMatch(it -> MachineSign.of(it, Stage.FINAL).contains(sign));
    }
  }

  private static String header(String text) {
    return text.lines()
        .filter(it -> it.startsWith("#"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String body(String text) {
    return text.lines()
        .filter(it -> !it.startsWith("#"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static Seen seen(TraceInputs inputs) {
    List<String> refused =
        new ArrayList<>(inputs.unreadable().stream().map(TraceException::getMessage).toList());
    List<Traces.Whole> read = new ArrayList<>();
    for (TraceInput trace : inputs.traces()) {
      try {
        read.add(Traces.readAll(trace.open(Reading.ASSEMBLED)));
      } catch (TraceException e) {
        refused.add(e.getMessage());
      }
    }
    return new Seen(refused, read);
  }

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void everyFileOfAKindGivesWhatTheKindDoes(Kind kind) throws IOException {
    for (Wild wild : kind.files()) {
      Path own = Files.createTempDirectory(folder, "wild");
      Seen seen = kind.look(wild, own);
      try {
        kind.check(seen);
      } catch (AssertionError e) {
        throw new AssertionError(kind + ", " + wild.name() + ": " + seen.refused(), e);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void ofEachKindThereAreEnoughFilesAndNoTwoAreTheSame(Kind kind) {
    List<Wild> files = kind.files();
    Set<String> different = new HashSet<>();
    files.forEach(it -> different.add(new String(it.bytes(), ISO_8859_1)));
    assertThat(files).hasSizeGreaterThanOrEqualTo(LEAST_FILES);
    assertThat(different).hasSameSizeAs(files);
    assertThat(files.stream().filter(it -> !it.isKnownFault()))
        .hasSizeGreaterThanOrEqualTo(LEAST_OF_OTHERS);
  }

  /** Folders of {@code --threads}, packed and plain, and one of {@code --kcore}. */
  @Test
  void foldersThatPerfWritesAreOneRecordingEach() throws IOException {
    for (String name : List.of("threads", "packed-threads")) {
      Path made = Files.createDirectory(folder.resolve(name + ".data"));
      for (String part : List.of("data", "data.0", "data.1")) {
        Files.write(made.resolve(part), unpacked("wild/" + name + "/" + part + ".gz"));
      }
    }
    Path kcore = Files.createDirectories(folder.resolve("kernel/kcore_dir")).getParent();
    Files.write(kcore.resolve("data"), unpacked("perfdata/x86-control.perf.data"));
    TraceInputs found = TraceInputs.find(List.of(folder), Optional.empty(), Optional.empty());
    assertThat(found.traces().stream().map(TraceInput::workload))
        .containsExactly("kernel", "packed-threads", "threads");
    seen(found).judged();
    assertThat(seen(found).read()).hasSize(3).allMatch(it -> it.frames().size() > 5);
  }
}
