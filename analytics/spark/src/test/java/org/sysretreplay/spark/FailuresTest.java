package org.sysretreplay.spark;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.sysretreplay.analytics.TooManyGroups;

class FailuresTest {

  @Test
  void tooManyGroupsAreToldInWordsOfTheFace() {
    assertThatThrownBy(() -> Failures.told(TooManyGroups::fill))
        .isInstanceOf(SysretReplayException.class)
        .hasMessageMatching(
            "there are more than 2 groups, which is as many as fit into this process's memory of"
                + " [\\d,]+ MB; ask by\\(\\.\\.\\.\\) fewer columns or for fewer"
                + " models\\(\\.\\.\\.\\), or give the session's driver and executors more memory"
                + " \\(spark\\.driver\\.memory, spark\\.executor\\.memory\\)\\.");
  }
}
