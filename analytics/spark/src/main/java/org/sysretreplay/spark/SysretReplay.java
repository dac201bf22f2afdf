package org.sysretreplay.spark;

import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * Asks how exits returned to user space, with the executors of a Spark session. Begin with {@code
 * SysretReplay.on(spark)}.
 *
 * <p>The session is used as it is and nothing in it is changed: no setting, no catalog, no view, no
 * property of the thread. It is never stopped.
 *
 * <p>Paths are resolved as Spark does: a path without a scheme is on the session's default file
 * system, and the globs {@code * ? [ab] {x,y}} match existing files. Traces are files that every
 * executor sees under the same path; stores may also lie on any file system that Hadoop knows,
 * named by a URI.
 *
 * <p>All methods of this package throw {@link SysretReplayException}, with one sentence for people,
 * if something cannot be done. Every object may be used by several threads, as the session may.
 */
public final class SysretReplay {

  private final Session session;

  private SysretReplay(Session session) {
    this.session = session;
  }

  /**
   * Asks with the executors of this session.
   *
   * @param spark a session whose driver runs in this process; a client of Spark Connect does not
   *     qualify
   * @throws SysretReplayException if it is a client of Spark Connect
   */
  public static SysretReplay on(SparkSession spark) {
    return new SysretReplay(Session.of(Drivers.here(spark)));
  }

  /**
   * Selects sources to ask about. Nothing is read yet.
   *
   * @param sources traces, stores, folders of either, and globs; at least one
   * @throws SysretReplayException if there is none
   */
  public Selection read(String... sources) {
    return select("read()", sources);
  }

  private Selection select(String call, String... sources) {
    if (sources.length == 0) {
      throw new SysretReplayException(call + ": no source is named; name at least one.");
    }
    return new Selection(session, List.of(sources));
  }

  /**
   * Selects traces to put into a store. Nothing is read yet.
   *
   * @param traces files, folders of them, and globs; at least one
   * @throws SysretReplayException if there is none
   */
  public Ingestion ingest(String... traces) {
    return new Ingestion(session, select("ingest()", traces));
  }

  /**
   * Selects how many synthetic frames to make, and what to learn from. Nothing is read yet.
   *
   * @param frames how many, at least 1
   * @param like recordings to learn from: files, folders of them, and globs; at least one
   * @throws SysretReplayException if there is none
   */
  public Generation generate(long frames, String... like) {
    return new Generation(session, frames, select("generate(" + frames + ")", like));
  }

  /**
   * Compares two runs, or what two models make of the same run, as the command {@code compare}
   * does. If both sides have the same sources, every frame is judged by both models, and the frames
   * that change are counted by their cause. Workloads are compared by name; if each side has only
   * one, these are compared whatever they are called.
   *
   * @param base how it was, or is: sources and one model
   * @param other how it became, or would be
   * @throws SysretReplayException if a side asks several models or groups its frames, if the sides
   *     differ in the machine or the registers that are judged, if they have the same sources and
   *     differ in their workload, format or {@link Selection#skipUnreadable}, or if a source cannot
   *     be read
   */
  public Comparison compare(Selection base, Selection other) {
    return Failures.told(() -> SelectionComparer.of(session, base, other));
  }
}
