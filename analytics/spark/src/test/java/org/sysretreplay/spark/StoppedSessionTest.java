package org.sysretreplay.spark;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.sysretreplay.analytics.SampleTraces;

/** Questions to a session that was stopped. */
class StoppedSessionTest {

  @Test
  void whoAsksAStoppedSessionIsToldSo() {
    SparkSession spark = Sessions.local();
    SysretReplay replay = SysretReplay.on(spark);
    spark.stop();

    assertThatThrownBy(
            () -> replay.read(SampleTraces.ROOT.resolve("shell/perf.data").toString()).report())
        .isInstanceOf(SysretReplayException.class)
        .hasMessage("this session was stopped; make another one, and give it to SysretReplay.on.");
  }
}
