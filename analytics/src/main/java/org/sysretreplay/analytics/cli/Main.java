package org.sysretreplay.analytics.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where the program starts and, in one place, ends. */
public final class Main {

  private Main() {}

  /** Runs one command line and exits with its code. */
  public static void main(String[] args) {
    PrintWriter out = writer(FileDescriptor.out);
    PrintWriter err = writer(FileDescriptor.err);
    int code = new Cli(out, err, Terminal.ofThisProcess()).run(args);
    out.flush();
    err.flush();
    // Spark leaves threads behind that would keep the process alive for a while.
    Runtime.getRuntime().halt(code);
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
