package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program with threads that make system calls of many kinds and are interrupted by signals. */
public final class ThreadsAndFiles {

  private static final int THREADS = 4;
  private static final int ROUNDS = 300;

  private ThreadsAndFiles() {}

  /** Writes into the folder that it is given, reads that back, and deletes it. */
  public static void main(String[] arguments) throws InterruptedException {
    Path folder = Path.of(arguments[0]);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Path file = folder.resolve("file" + i);
      Thread thread = new Thread(() -> work(file), "worker, " + i);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void work(Path file) {
    try {
      for (int round = 0; round < ROUNDS; round++) {
        Files.writeString(file, "round " + round);
        Files.readString(file);
        Files.delete(file);
        Thread.yield();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
