package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.sysretreplay.analytics.TooManyGroups;
import org.sysretreplay.analytics.TooManyGroupsException;

/** The messages for failures that no small input causes. */
class ToldErrorsTest {

  private final StringWriter err = new StringWriter();
  private final Messages messages = new Messages(new PrintWriter(err, true));

  @Test
  void tooManyGroupsAreAQuestionToAskOtherwise() {
    TooManyGroupsException tooMany =
        catchThrowableOfType(TooManyGroupsException.class, TooManyGroups::fill);
    // Spark wraps the exception of a task.
    for (Exception e : new Exception[] {tooMany, new IllegalStateException("job", tooMany)}) {
      err.getBuffer().setLength(0);
      assertThat(new ToldErrors(messages).told(e)).isEqualTo(ExitCode.USAGE);
      assertThat(err.toString())
          .matches(
              "sysret-replay: there are more than 2 groups, which is as many as fit into this"
                  + " process's memory of [\\d,]+ MB; ask --by fewer columns or for fewer models, or"
                  + " name a --master whose processes have more memory \\(--conf"
                  + " spark\\.driver\\.memory, spark\\.executor\\.memory\\)\\.\n");
    }
  }

  @Test
  void whatNobodyExpectedIsABug() {
    assertThat(new ToldErrors(messages).told(new IllegalStateException("oops")))
        .isEqualTo(ExitCode.BUG);
    assertThat(err.toString()).startsWith("sysret-replay: this is a bug").contains("oops");
  }
}
