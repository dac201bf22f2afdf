package org.sysretreplay.analytics.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.TemporaryFiles;

/** Where the program starts and, in one place, ends. */
public final class Main {

  private Main() {}

  /** Runs one command line and exits with its code. */
  public static void main(String[] args) {
    SilentOutput standardError = new SilentOutput(new FileOutputStream(FileDescriptor.err));
    StopSignals.end(standardError::silence);
    nativeLibrariesGoWithTheProcess();
    StandardOutput standard = new StandardOutput();
    PrintWriter out = writer(standard);
    PrintWriter err = writer(standardError);
    // What libraries and the JVM say of threads goes there, too.
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

  /** They are unpacked into files that these libraries delete at an ordinary end only. */
  private static void nativeLibrariesGoWithTheProcess() {
    try {
      String folder = TemporaryFiles.folder().toString();
      System.setProperty("ZstdTempFolder", folder);
      System.setProperty("org.xerial.snappy.tempdir", folder);
    } catch (OutputException e) {
      // Who needs a temporary file will be told.
    }
  }

  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
