package org.sysretreplay.spark;

import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * Asks how exits returned to user space, with the executors of a Spark session. Where to begin:
 * {@code SysretReplay.on(spark)}.
 *
 * <p>The session is taken as it is, and nothing in it is changed: no setting, no catalog, no view,
 * no property of the thread. It is never stopped.
 *
 * <p>Paths are taken as Spark takes them: a path without a scheme is of the session's usual file
 * system, and {@code * ? [ab] {x,y}} stand for what is there. Traces are files that every executor
 * sees under the same path; stores may also lie on any file system that Hadoop knows, named by a
 * URI.
 *
 * <p>All methods of this package throw {@link SysretReplayException} where something cannot be
 * done, with one sentence for people. Every object may be used by several threads, as the session
 * may.
 */
public final class SysretReplay {

  private final Session session;

  private SysretReplay(Session session) {
    this.session = session;
  }

  /**
   * Asks with the executors of that session.
   *
   * @param spark a session whose driver runs in this process; that of a Spark Connect server does
   *     not
   * @throws SysretReplayException where it is a client of Spark Connect
   */
  public static SysretReplay on(SparkSession spark) {
    return new SysretReplay(Session.of(Drivers.here(spark)));
  }

  /**
   * Chooses what to ask. Nothing is read yet.
   *
   * @param sources traces, stores, folders of either, and globs of all these; at least one
   */
  public Selection read(String... sources) {
    return new Selection(session, List.of(sources));
  }

  /**
   * Chooses traces to put into a store. Nothing is read yet.
   *
   * @param traces files, folders of them, and globs of either; at least one
   */
  public Ingestion ingest(String... traces) {
    return new Ingestion(session, new Selection(session, List.of(traces)));
  }

  /**
   * Chooses how many synthetic frames to make, and what they are like. Nothing is read yet.
   *
   * @param frames how many, at least 1
   * @param like recordings to learn from: files, folders of them, and globs of either
   */
  public Generation generate(long frames, String... like) {
    return new Generation(session, frames, new Selection(session, List.of(like)));
  }

  /**
   * Compares two runs, or what two models make of the same run, as the command {@code compare}
   * does. Where both sides have the same sources, every frame is judged by both models and those
   * that change are counted, by what made them so. Workloads are compared by their names; where
   * each side has only one, these are compared whatever they are called.
   *
   * @param base what it was, or is: sources, and one model
   * @param other what it became, or would be
   * @throws SysretReplayException where a side asks several models or groups its frames, where both
   *     are the same, where they differ in the machine that they are judged for, or where a source
   *     cannot be read
   */
  public Comparison compare(Selection base, Selection other) {
    return Failures.told(() -> Compared.of(session, base, other));
  }
}
