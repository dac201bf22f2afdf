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

/** Starts the program, and is the only place that ends it. */
public final class Main {

  private Main() {}

  /** Runs one command line and exits with its code. */
  public static void main(String[] args) {
    // Ends Spark's threads, and runs its hooks, which delete its temporary files.
    System.exit(run(args));
  }

  /** Runs one command line as a process of its own would, and gives its exit code. */
  static int run(String... args) {
    SilentOutput standardError = new SilentOutput(new FileOutputStream(FileDescriptor.err));
    StopSignals.end(standardError::silence);
    nativeLibrariesGoWithTheProcess();
    StandardOutput standard = new StandardOutput();
    PrintWriter out = writer(standard);
    PrintWriter err = writer(standardError);
    // Libraries, and the JVM on uncaught exceptions, write to System.err.
    System.setErr(new PrintStream(new PrintableStream(err), true, StandardCharsets.UTF_8));
    int code = new Cli(out, err, Terminal.ofThisProcess()).run(args);
    out.flush();
    Optional<String> complaint = standard.complaint();
    if (complaint.isPresent()) {
      new Messages(err)
          .error(
              "standard output cannot be written (%s); %s."
                  .formatted(complaint.get(), standard.remedy(args.length == 0 ? "" : args[0])));
      code = ExitCode.USAGE;
    }
    return code;
  }

  /**
   * Has native libraries unpacked into this process's temporary folder: on their own they delete
   * the files only if the process ends normally.
   */
  private static void nativeLibrariesGoWithTheProcess() {
    try {
      String folder = TemporaryFiles.folder().toString();
      System.setProperty("ZstdTempFolder", folder);
      System.setProperty("org.xerial.snappy.tempdir", folder);
    } catch (OutputException e) {
      // Whoever needs a temporary file will report it.
    }
  }

  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
