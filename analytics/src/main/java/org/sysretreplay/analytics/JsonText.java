package org.sysretreplay.analytics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import org.sysretreplay.ingest.trace.Printable;

/**
 * JSON that is safe to print: every character that {@link Printable} keeps from a terminal is
 * written as {@code \}{@code uXXXX}, which is the same text to every reader of JSON.
 */
public final class JsonText {

  private JsonText() {}

  /** Makes generators that write such JSON. */
  public static JsonFactory factory() {
    return new JsonFactoryBuilder().characterEscapes(new Escapes()).build();
  }

  private static final class Escapes extends CharacterEscapes {

    private static final long serialVersionUID = 1L;

    private static final int DELETE = 0x7f;

    private final int[] ascii = standardAsciiEscapesForJSON();

    Escapes() {
      ascii[DELETE] = ESCAPE_STANDARD;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ascii;
    }

    /** Surrogates are passed one by one, so that both halves of every pair are escaped. */
    @Override
    public SerializableString getEscapeSequence(int c) {
      return c > DELETE && !Printable.isHarmless(c)
          ? new SerializedString("\\u%04x".formatted(c))
          : null;
    }
  }
}
