package org.sysretreplay.spark.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.sysretreplay.emulator.EntryPath;

class WordMapTest {

  private static final List<String> KNOWN =
      Stream.concat(
              Stream.of(EntryPath.values()).map(EntryPath::key),
              Stream.of("", "a", "1234567", "12345678", "123456789", "1234567812345678", "é"))
          .toList();

  private static final WordMap<String> WORDS =
      new WordMap<>(KNOWN.stream().collect(Collectors.toMap(UTF8String::fromString, it -> it)));

  @Test
  void everyKnownWordIsFoundWhereverItsBytesLie() {
    for (String word : KNOWN) {
      byte[] bytes = ("xyz" + word + "z").getBytes(StandardCharsets.UTF_8);
      assertThat(WORDS.get(UTF8String.fromBytes(bytes, 3, bytes.length - 4))).isEqualTo(word);
    }
  }

  @Test
  void noWordIsFoundThatDiffersInOneByteOrInLength() {
    for (String word : KNOWN) {
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < bytes.length; i++) {
        byte[] other = bytes.clone();
        other[i] ^= 1;
        assertUnknown(UTF8String.fromBytes(other));
        assertUnknown(UTF8String.fromBytes(bytes, 0, i));
      }
      assertUnknown(UTF8String.fromString(word + "\0"));
    }
  }

  private static void assertUnknown(UTF8String word) {
    if (!KNOWN.contains(word.toString())) {
      assertThat(WORDS.get(word)).as(word.toString()).isNull();
    }
  }

  @Test
  void nothingIsFoundWhereNothingIsKnown() {
    assertThat(new WordMap<String>(Map.of()).get(UTF8String.fromString("seed"))).isNull();
  }
}
