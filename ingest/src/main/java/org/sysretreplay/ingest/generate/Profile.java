package org.sysretreplay.ingest.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * The distributions of the frames of some workloads, which are learnt from recordings and which
 * frames are generated from. FORMATS.md describes the JSON document.
 */
public record Profile(List<Workload> workloads) {

  /** The name and version of the document. */
  public static final String SCHEMA = "sysret-replay/profile/1";

  public Profile {
    workloads = List.copyOf(workloads);
  }

  /**
   * The distributions of one workload.
   *
   * @param frames the number of frames that it was learnt from, which is its weight among the
   *     workloads
   * @param templates the templates of frames, numbered from 0 in this order
   * @param firstOfProcess the first templates of the first threads of processes
   * @param firstOfThread the first templates of other threads
   * @param steps which template followed which in one thread
   * @param threads how many threads processes had
   * @param cpus the numbers of the CPUs, and how many frames were seen on each
   * @param gaps the times between the frames of a trace, in nanoseconds, rounded as {@link
   *     GapBuckets} does
   */
  public record Workload(
      String name,
      long frames,
      List<Template> templates,
      List<Weighted> firstOfProcess,
      List<Weighted> firstOfThread,
      List<Step> steps,
      List<Weighted> threads,
      Scheduling scheduling,
      List<Weighted> cpus,
      List<Weighted> gaps) {

    public Workload {
      templates = List.copyOf(templates);
      firstOfProcess = List.copyOf(firstOfProcess);
      firstOfThread = List.copyOf(firstOfThread);
      steps = List.copyOf(steps);
      threads = List.copyOf(threads);
      cpus = List.copyOf(cpus);
      gaps = List.copyOf(gaps);
    }

    /** The same under another name. */
    public Workload named(String other) {
      return new Workload(
          other,
          frames,
          templates,
          firstOfProcess,
          firstOfThread,
          steps,
          threads,
          scheduling,
          cpus,
          gaps);
    }
  }

  /**
   * How often one template followed another in a thread.
   *
   * @param to {@link #END} where the thread ended
   */
  public record Step(int from, int to, long count) {

    /** No template: the thread ends. */
    public static final int END = -1;
  }

  /**
   * The scheduling of threads.
   *
   * @param threadsAtOnce how many were alive at a time, on average
   * @param switches how many frames came from another thread than the frame before
   * @param migrations how many frames came from another CPU than the thread's frame before
   */
  public record Scheduling(int threadsAtOnce, long switches, long migrations) {

    /** The most threads at once; larger numbers are limited to this. */
    static final int MOST_THREADS = 1 << 16;
  }

  /**
   * Reads a profile.
   *
   * @throws TraceException if the file is no profile; the message says where and why
   */
  public static Profile read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (NoSuchFileException e) {
      throw TraceException.of(file.toString(), "there is no such file", "check the name", e);
    } catch (IOException e) {
      String why = "it cannot be read as text (" + e.getMessage() + ")";
      throw TraceException.of(file.toString(), why, ProfileValue.REMEDY, e);
    }
  }

  /** Reads a profile from its text; errors name it as {@code source}. */
  static Profile parse(String source, String json) {
    return ProfileReader.read(ProfileValue.parse(source, json));
  }

  /** The document as {@link #read} takes it, with a line for every template and every count. */
  public String json() {
    return ProfileWriter.write(this);
  }

  /** How many templates all workloads have together. */
  public long templates() {
    return workloads.stream().mapToLong(it -> it.templates().size()).sum();
  }

  /** How many frames it was learnt from. */
  public long frames() {
    return workloads.stream().mapToLong(Workload::frames).sum();
  }
}
