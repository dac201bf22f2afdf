package org.sysretreplay.ingest.frames;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.sysretreplay.emulator.Assembly.Recorded;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.ingest.frames.FrameColumn.Kind;
import org.sysretreplay.ingest.frames.FrameColumn.Presence;

/**
 * Takes the value of one column from a frame, and says of what kind the values are and which rows
 * have one.
 */
sealed interface FrameValue {

  Kind kind();

  Presence presence();

  /** The number in a frame; empty if it has none, or if the column is one of texts. */
  OptionalLong number(ExitFrame frame);

  /** The text in a frame; empty if it has none, or if the column is one of numbers. */
  Optional<String> text(ExitFrame frame);

  /** A number that every frame has. */
  static FrameValue number(ToLongFunction<ExitFrame> of) {
    return new Numbers(Presence.ALWAYS, it -> OptionalLong.of(of.applyAsLong(it)));
  }

  /** A number that a recording may lack. */
  static FrameValue usual(Function<ExitFrame, OptionalLong> of) {
    return new Numbers(Presence.USUAL, of);
  }

  /** A text that every frame has. */
  static FrameValue text(Function<ExitFrame, String> of) {
    return new Texts(Presence.ALWAYS, it -> Optional.of(of.apply(it)));
  }

  /** A text that a recording or a frame may lack. */
  static FrameValue usualText(Function<ExitFrame, Optional<String>> of) {
    return new Texts(Presence.USUAL, of);
  }

  /** A number of the frame as its event alone showed it, if its neighbours changed it. */
  static FrameValue recorded(ToLongFunction<Recorded> of) {
    return recordedUsual(it -> OptionalLong.of(of.applyAsLong(it)));
  }

  /** The same, for a number that a recording may lack. */
  static FrameValue recordedUsual(Function<Recorded, OptionalLong> of) {
    return new Numbers(
        Presence.RARE, it -> it.assembly().recorded().map(of).orElse(OptionalLong.empty()));
  }

  /** A text of the frame as its event alone showed it, if its neighbours changed it. */
  static FrameValue recordedText(Function<Recorded, String> of) {
    return new Texts(Presence.RARE, it -> it.assembly().recorded().map(of));
  }

  /** A column of numbers. */
  record Numbers(Presence presence, Function<ExitFrame, OptionalLong> of) implements FrameValue {

    @Override
    public Kind kind() {
      return Kind.NUMBER;
    }

    @Override
    public OptionalLong number(ExitFrame frame) {
      return of.apply(frame);
    }

    @Override
    public Optional<String> text(ExitFrame frame) {
      return Optional.empty();
    }
  }

  /** A column of texts. */
  record Texts(Presence presence, Function<ExitFrame, Optional<String>> of) implements FrameValue {

    @Override
    public Kind kind() {
      return Kind.TEXT;
    }

    @Override
    public OptionalLong number(ExitFrame frame) {
      return OptionalLong.empty();
    }

    @Override
    public Optional<String> text(ExitFrame frame) {
      return of.apply(frame);
    }
  }
}
