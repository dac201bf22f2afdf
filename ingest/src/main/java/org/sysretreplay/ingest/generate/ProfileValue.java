package org.sysretreplay.ingest.generate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sysretreplay.ingest.text.RegisterText;
import org.sysretreplay.ingest.trace.Printable;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * One JSON value of a profile, with its path in the document, so that an error can say what is
 * wrong where. Every reading method throws {@link TraceException} if the value is of another kind.
 *
 * @param source the profile as the user named it
 * @param path as in {@code workloads[0].frames}; empty for the whole document
 */
record ProfileValue(String source, String path, JsonNode json) {

  static final String REMEDY =
      "give a profile that \"sysret-replay generate --learn\" wrote, or learn it again";

  /** Reads every number exactly, so that errors can show it. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** The whole document. */
  static ProfileValue parse(String source, String text) {
    try {
      ProfileValue whole = new ProfileValue(source, "", JSON.readTree(text));
      if (whole.json.isMissingNode()) {
        throw whole.wrong("the file is empty");
      }
      return whole;
    } catch (MismatchedInputException e) {
      throw TraceException.of(source, "it holds more than one JSON value", REMEDY, e);
    } catch (StreamConstraintsException e) {
      String wrong = "it nests deeper or has a longer number or text than any profile";
      throw TraceException.of(source, wrong, REMEDY, e);
    } catch (JsonProcessingException e) {
      String wrong = "it is not JSON, line %d".formatted(e.getLocation().getLineNr());
      throw TraceException.of(source, wrong, REMEDY, e);
    }
  }

  /** The field of that name of an object. */
  ProfileValue field(String name) {
    return find(name).orElseThrow(() -> wrong(pathOf(name) + " is missing"));
  }

  /** The field of that name, if the object has it. */
  Optional<ProfileValue> find(String name) {
    if (!json.isObject()) {
      throw isNot("an object");
    }
    return Optional.ofNullable(json.get(name))
        .map(it -> new ProfileValue(source, pathOf(name), it));
  }

  private String pathOf(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  /** The elements of a list. */
  List<ProfileValue> elements() {
    if (!json.isArray()) {
      throw isNot("a list");
    }
    List<ProfileValue> elements = new ArrayList<>();
    for (JsonNode element : json) {
      elements.add(new ProfileValue(source, path + "[" + elements.size() + "]", element));
    }
    return elements;
  }

  /** The elements of a list that has so many. */
  List<ProfileValue> elements(int size) {
    List<ProfileValue> elements = elements();
    if (elements.size() != size) {
      throw isNot("a list of " + size + " numbers");
    }
    return elements;
  }

  /** A string that can be written as UTF-8, which JSON alone does not promise. */
  String text() {
    if (!json.isTextual()) {
      throw isNot("a string");
    }
    String text = json.textValue();
    if (!text.equals(Printable.wellFormed(text))) {
      throw wrong(path + " holds half of a character");
    }
    return text;
  }

  /** Any 64-bit integer. */
  long integer() {
    if (json.isIntegralNumber() && json.canConvertToLong()) {
      return json.longValue();
    }
    throw isNot("a 64-bit integer");
  }

  /** An integer from {@code least} to {@code most}. */
  long integer(long least, long most) {
    long number = integer();
    if (number >= least && number <= most) {
      return number;
    }
    throw isNot("an integer from %d to %d".formatted(least, most));
  }

  /** A register as text, {@code 0x} and hexadecimal digits. */
  long register() {
    return RegisterText.parse(text()).orElseThrow(() -> isNot("a register such as \"0x246\""));
  }

  /** The error that this value is not what it should be. */
  TraceException isNot(String wanted) {
    String shown = json.isContainerNode() ? "" : " (" + json.asText() + ")";
    return wrong((path.isEmpty() ? "it" : path) + " is not " + wanted + shown);
  }

  /** The error that something is wrong with the profile. */
  TraceException wrong(String what) {
    return TraceException.of(source, what, REMEDY);
  }
}
