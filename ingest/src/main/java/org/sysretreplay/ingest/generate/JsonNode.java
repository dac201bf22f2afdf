package org.sysretreplay.ingest.generate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.sysretreplay.ingest.text.RegisterText;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * One value of a JSON document that knows where it stands, so that whatever is wrong with it can be
 * said in one sentence. Every reading method throws {@link TraceException} where the value is not
 * what it asks for.
 *
 * @param source the document as the user named it
 * @param path as in {@code workloads[0].frames}; empty for the whole document
 * @param value a {@code Map}, a {@code List}, a {@code String}, a {@code Long}, or a {@code Token}
 *     for everything else
 */
record JsonNode(String source, String path, Object value) {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** A value that a profile has no use for, as it is written. */
  private record Token(String text) {}

  static JsonNode parse(String source, String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw TraceException.of(source, "the file is empty", ProfileReader.REMEDY);
      }
      JsonNode whole = new JsonNode(source, "", value(parser, first));
      if (parser.nextToken() != null) {
        throw whole.wrong("it holds more than one JSON value");
      }
      return whole;
    } catch (JsonProcessingException e) {
      String wrong = "it is not JSON, line %d".formatted(e.getLocation().getLineNr());
      throw TraceException.of(source, wrong, ProfileReader.REMEDY, e);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  private static Object value(JsonParser parser, JsonToken token) throws IOException {
    if (token == JsonToken.START_OBJECT) {
      return object(parser);
    }
    if (token == JsonToken.START_ARRAY) {
      return array(parser);
    }
    if (token == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    boolean whole =
        token == JsonToken.VALUE_NUMBER_INT
            && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    return whole ? (Object) parser.getLongValue() : new Token(parser.getText());
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      fields.put(name, value(parser, parser.nextToken()));
    }
    return fields;
  }

  private static List<Object> array(JsonParser parser) throws IOException {
    List<Object> elements = new ArrayList<>();
    for (JsonToken at = parser.nextToken(); at != JsonToken.END_ARRAY; at = parser.nextToken()) {
      elements.add(value(parser, at));
    }
    return elements;
  }

  /** The field of that name of an object. */
  JsonNode field(String name) {
    return find(name).orElseThrow(() -> wrong(child(name, null).path + " is missing"));
  }

  /** The same, where the object has it. */
  Optional<JsonNode> find(String name) {
    if (!(value instanceof Map<?, ?> fields)) {
      throw isNot("an object");
    }
    return Optional.ofNullable(fields.get(name)).map(it -> child(name, it));
  }

  private JsonNode child(String name, Object of) {
    return new JsonNode(source, path.isEmpty() ? name : path + "." + name, of);
  }

  /** The elements of a list. */
  List<JsonNode> elements() {
    if (!(value instanceof List<?> elements)) {
      throw isNot("a list");
    }
    List<JsonNode> nodes = new ArrayList<>();
    for (Object element : elements) {
      nodes.add(new JsonNode(source, path + "[" + nodes.size() + "]", element));
    }
    return nodes;
  }

  /** The elements of a list that has so many. */
  List<JsonNode> elements(int size) {
    List<JsonNode> elements = elements();
    if (elements.size() != size) {
      throw isNot("a list of " + size + " numbers");
    }
    return elements;
  }

  String text() {
    if (value instanceof String text) {
      return text;
    }
    throw isNot("a string");
  }

  /** Any 64-bit integer. */
  long integer() {
    if (value instanceof Long number) {
      return number;
    }
    throw isNot("a 64-bit integer");
  }

  /** An integer from {@code least} to {@code most}. */
  long integer(long least, long most) {
    long number = integer();
    if (number >= least && number <= most) {
      return number;
    }
    throw isNot(
        most == Long.MAX_VALUE
            ? "an integer of %d or more".formatted(least)
            : "an integer from %d to %d".formatted(least, most));
  }

  /** A register as text, {@code 0x} and hexadecimal digits. */
  long register() {
    OptionalLong register = RegisterText.parse(text());
    return register.orElseThrow(() -> isNot("a register such as \"0x246\""));
  }

  /** That this value is not what it should be. */
  TraceException isNot(String wanted) {
    return wrong((path.isEmpty() ? "it" : path) + " is not " + wanted + shown());
  }

  private String shown() {
    if (value instanceof Token token) {
      return " (" + token.text() + ")";
    }
    return value instanceof String || value instanceof Long ? " (" + value + ")" : "";
  }

  /** That something is wrong here. */
  TraceException wrong(String what) {
    return TraceException.of(source, what, ProfileReader.REMEDY);
  }
}
