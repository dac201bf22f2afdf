package org.sysretreplay.analytics.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where the program starts and, in one place, ends. */
public final class Main {

  private Main() {}

  /** Runs one command line and exits with its code. */
  public static void main(String[] args) {
    StandardOutput standard = new StandardOutput();
    PrintWriter out = writer(standard);
    PrintWriter err = writer(new FileOutputStream(FileDescriptor.err));
    System.setErr(new PrintStream(new PrintableStream(err), true, StandardCharsets.UTF_8));
    int code = new Cli(out, err, Terminal.ofThisProcess()).run(args);
    out.flush();
    Optional<String> complaint = standard.complaint();
    if (complaint.isPresent()) {
      new Messages(err)
          .error("standard output cannot be written (" + complaint.get() + "); make room for it.");
      code = ExitCode.USAGE;
    }
    // Ends Spark's threads, and has its hooks delete what it left in the folder for temporary
    // files.
    System.exit(code);
  }

  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
