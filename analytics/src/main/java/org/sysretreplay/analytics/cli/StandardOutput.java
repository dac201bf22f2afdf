package org.sysretreplay.analytics.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.sysretreplay.ingest.trace.OutputException;

/** Standard output that remembers why a write failed, which a PrintWriter does not. */
final class StandardOutput extends FilterOutputStream {

  /** The name of standard output in place of a file's. */
  static final Path NAME = Path.of("-");

  /** Its names in the file system. A file that it goes to must be added to, and not replaced. */
  private static final Set<String> DEVICES = Set.of("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1");

  /** Whether a file's name stands for standard output. */
  static boolean isNamed(Path file) {
    return file.equals(NAME) || DEVICES.contains(file.toString());
  }

  private static final String READER_HAS_GONE = "Broken pipe";

  /** The commands that write to a file in its place if -o names one. */
  static final Set<String> COMMANDS_WITH_FILES =
      Set.of("report", "check", "frames", "compare", "replay");

  private IOException failure;

  StandardOutput() {
    this(new FileOutputStream(FileDescriptor.out));
  }

  StandardOutput(OutputStream out) {
    super(new BufferedOutputStream(out));
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    remembering(() -> out.write(bytes, offset, length));
  }

  @Override
  public void flush() throws IOException {
    remembering(out::flush);
  }

  private interface Action {
    void run() throws IOException;
  }

  private void remembering(Action action) throws IOException {
    try {
      action.run();
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }

  /** What to do about a failed write of a command; a sentence without a full stop. */
  String remedy(String command) {
    if (failure != null && OutputException.isDiskFull(failure)) {
      return "make room for it";
    }
    return COMMANDS_WITH_FILES.contains(command)
        ? "name a file with -o"
        : "let it go to a file, a pipe or a terminal";
  }

  /** Why a write failed; empty if none did, or if it failed because the reader closed the pipe. */
  Optional<String> complaint() {
    return Optional.ofNullable(failure)
        .map(IOException::getMessage)
        .filter(message -> !READER_HAS_GONE.equals(message));
  }
}
