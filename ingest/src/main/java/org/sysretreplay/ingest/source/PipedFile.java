package org.sysretreplay.ingest.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sysretreplay.ingest.files.Sha256;
import org.sysretreplay.ingest.trace.Bounds;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.TempCopy;
import org.sysretreplay.ingest.trace.TraceBytes;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * The copy of what came through a pipe, kept as a temporary file until this process ends. There are
 * three reasons for a copy: the format is recognised before reading, some commands read a trace
 * more than once, and a recorder that has to wait for its reader loses samples.
 *
 * @param file the copy, under the name of the pipe
 * @param workload the workload, unless the user names one
 * @param digest the SHA-256 of its bytes in hexadecimal
 */
record PipedFile(NamedFile file, String workload, String digest) {

  /** The name of standard input in messages and reports. */
  private static final String STDIN = "stdin";

  /** The path that a shell makes of {@code <(command)}; only the number tells one from another. */
  private static final Pattern DESCRIPTOR = Pattern.compile("/(?:dev|proc/\\w+)/fd/(\\d+)");

  private static final int TYPE = 0xf000;
  private static final int FIFO = 0x1000;
  private static final int SOCKET = 0xc000;

  /** Whether the file is a pipe or a socket. */
  static boolean isPipe(Path path) throws IOException {
    try {
      int type = (int) Files.getAttribute(path, "unix:mode") & TYPE;
      return type == FIFO || type == SOCKET;
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Reads standard input to its end.
   *
   * @throws TraceException if it cannot be read or kept
   */
  static PipedFile of(InputStream stdin, Bounds bounds) {
    return keep(stdin, STDIN, STDIN, bounds);
  }

  /**
   * Reads a pipe to its end.
   *
   * @throws TraceException if it cannot be read or kept
   */
  static PipedFile of(Path pipe, Bounds bounds) {
    Matcher descriptor = DESCRIPTOR.matcher(pipe.toString());
    String workload =
        descriptor.matches() ? "pipe-" + descriptor.group(1) : TraceName.workload(pipe);
    try (InputStream in = Files.newInputStream(pipe)) {
      return keep(in, pipe.toString(), workload, bounds);
    } catch (IOException e) {
      throw TraceBytes.unreadable(pipe.toString(), e);
    }
  }

  private static PipedFile keep(InputStream from, String name, String workload, Bounds bounds) {
    MessageDigest digest = Sha256.digest();
    try {
      Path copy = TempCopy.of(new DigestInputStream(from, digest), ".piped", bounds);
      if (Files.size(copy) == 0) {
        Files.delete(copy);
        throw TraceException.of(
            name, "nothing came through it", "see what the command says that writes into it");
      }
      return new PipedFile(new NamedFile(copy, name, bounds), workload, Sha256.of(digest));
    } catch (IOException e) {
      throw TraceBytes.unreadable(name, e);
    }
  }

  /** The id of the trace within its workload; equal bytes get the same id. */
  String traceId() {
    return TraceName.idOf(Path.of(file.name()), digest);
  }
}
