package org.sysretreplay.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SideArgumentTest {

  @TempDir private Path folder;

  private static SideArgument side(Object source, String model) {
    return new SideArgument(
        Optional.ofNullable(source).map(Object::toString), Optional.ofNullable(model));
  }

  @Test
  void isASourceAModelOrBoth() {
    assertThat(SideArgument.parse("a/b")).isEqualTo(side("a/b", null));
    assertThat(SideArgument.parse("a/b@seed")).isEqualTo(side("a/b", "seed"));
    assertThat(SideArgument.parse("@linux-4.1+irq-check"))
        .isEqualTo(side(null, "linux-4.1+irq-check"));
    assertThat(SideArgument.parse("store@auto")).isEqualTo(side("store", "auto"));
  }

  @Test
  void isAUriAsItIsWritten() {
    assertThat(SideArgument.parse("hdfs://host:9000/store@6.12"))
        .isEqualTo(side("hdfs://host:9000/store", "6.12"));
  }

  @Test
  void isSplitAtItsLastAt() {
    assertThat(SideArgument.parse("me@home.data@seed")).isEqualTo(side("me@home.data", "seed"));
  }

  @Test
  void isAFileWhereThereIsOneOfTheWholeName() throws IOException {
    Path file = Files.createFile(folder.resolve("run@seed"));
    assertThat(SideArgument.parse(file.toString())).isEqualTo(side(file, null));
    assertThat(SideArgument.parse(file + "@seed")).isEqualTo(side(file, "seed"));
    Path store = Files.createDirectory(folder.resolve("store@seed"));
    assertThat(SideArgument.parse(store.toString())).isEqualTo(side(store, null));
  }

  @Test
  void namesAModelThatThereIsNotWhereItsSourceIsThere() throws IOException {
    Path file = Files.createFile(folder.resolve("run"));
    assertThat(SideArgument.parse(file + "@sed")).isEqualTo(side(file, "sed"));
    assertThat(SideArgument.parse("@sed")).isEqualTo(side(null, "sed"));
  }

  @Test
  void isTheNameOfAMissingFileWhereNothingElseMakesSense() {
    assertThat(SideArgument.parse("me@home.data")).isEqualTo(side("me@home.data", null));
  }
}
