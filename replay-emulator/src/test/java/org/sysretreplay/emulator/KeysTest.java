package org.sysretreplay.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The names and sentences that columns, options, JSON and reports show. */
class KeysTest {

  /** How an enum shows its constants; {@code ofKey} finds a constant by its key. */
  record Shown<E extends Enum<E>>(
      E[] values,
      Function<E, String> key,
      Optional<Function<String, Optional<E>>> ofKey,
      List<Function<E, String>> sentences) {
    @Override
    public String toString() {
      return values[0].getDeclaringClass().getSimpleName();
    }
  }

  static Stream<Shown<?>> enums() {
    return Stream.of(
        new Shown<>(
            EntryKind.values(),
            EntryKind::key,
            Optional.of(EntryKind::ofKey),
            List.of(EntryKind::sentence)),
        new Shown<>(
            EntryPath.values(),
            EntryPath::key,
            Optional.of(EntryPath::ofKey),
            List.of(EntryPath::sentence)),
        new Shown<>(
            Stage.values(), Stage::key, Optional.of(Stage::ofKey), List.of(Stage::sentence)),
        new Shown<>(
            Cause.values(),
            Cause::key,
            Optional.of(Cause::ofKey),
            List.of(Cause::sentence, Cause::rule)),
        new Shown<>(Outcome.values(), Outcome::key, Optional.empty(), List.of(Outcome::sentence)),
        new Shown<>(Register.values(), Register::key, Optional.empty(), List.of(Register::key)));
  }

  @ParameterizedTest
  @MethodSource("enums")
  <E extends Enum<E>> void everyKeyIsTheNameInLowerCaseAndLeadsBack(Shown<E> shown) {
    for (E value : shown.values()) {
      String key = shown.key().apply(value);
      assertThat(key).matches("[a-z0-9_]+").isEqualToIgnoringCase(value.name());
      shown.ofKey().ifPresent(ofKey -> assertThat(ofKey.apply(key)).contains(value));
      shown.ofKey().ifPresent(ofKey -> assertThat(ofKey.apply(value.name())).isEmpty());
    }
    shown.ofKey().ifPresent(ofKey -> assertThat(ofKey.apply("no such key")).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("enums")
  <E extends Enum<E>> void everyConstantHasASentenceOfItsOwn(Shown<E> shown) {
    for (Function<E, String> sentence : shown.sentences()) {
      assertOwn(Stream.of(shown.values()).map(sentence));
    }
  }

  @Test
  void everySentenceAndEveryAdviceIsItsOwn() {
    assertOwn(Stream.of(Route.values()).map(Route::sentence));
    assertOwn(Stream.of(Doubt.values()).map(Doubt::sentence));
    assertOwn(Stream.of(MissReason.values()).map(MissReason::sentence));
    assertOwn(Stream.of(MissReason.values()).map(MissReason::advice));
    assertOwn(Stream.of(Policy.values()).map(Policy::sentence));
  }

  private static void assertOwn(Stream<String> sentences) {
    assertThat(sentences).doesNotHaveDuplicates().noneMatch(String::isBlank);
  }
}
