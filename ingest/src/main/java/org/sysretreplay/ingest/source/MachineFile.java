package org.sysretreplay.ingest.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sysretreplay.ingest.trace.Fact;
import org.sysretreplay.ingest.trace.MachineFacts;
import org.sysretreplay.ingest.trace.TraceBytes;
import org.sysretreplay.ingest.trace.TraceException;

/**
 * Reads and writes the facts about a machine, which are JSON in a file beside a recording: {@code
 * app.perf.data.machine.json} belongs to {@code app.perf.data}. FORMATS.md lists the keys.
 */
public final class MachineFile {

  /** Follows the name of the recording. */
  private static final String ENDING = ".machine.json";

  private static final String SCHEMAS = "sysret-replay/machine/";
  private static final String SCHEMA = SCHEMAS + "1";

  private static final String LA57 = "la57";
  private static final String FRED = "fred";
  private static final String HYPERVISOR = "hypervisor";
  private static final String KERNEL_RELEASE = "kernel_release";
  private static final String KERNEL_PARAMETERS = "kernel_parameters";

  /** The name of the file with the header in a folder that is one recording. */
  private static final String DATA_OF_FOLDER = "data";

  private static final int MOST_BYTES = 1 << 16;
  private static final int MOST_CHARACTERS = 1_000;

  private static final String REMEDY =
      "remove it, or put back what \"sysret-replay record\" wrote there";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String file;
  private final JsonNode json;

  private MachineFile(String file, JsonNode json) {
    this.file = file;
    this.json = json;
  }

  /** The path of the file for a recording. */
  public static Path of(Path recording) {
    return recording.resolveSibling(recording.getFileName() + ENDING);
  }

  /** Whether a file has the name of such a file. */
  static boolean isOne(Path file) {
    return file.getFileName().toString().endsWith(ENDING);
  }

  /**
   * The facts in the file beside a recording; nothing is known if there is none.
   *
   * @param recording a file, compressed or not, or a folder of perf's, or the file in it; or a link
   *     to one
   * @throws TraceException if there is such a file and it cannot be read
   */
  static MachineFacts beside(Path recording) {
    return Stream.concat(names(recording), names(TraceName.realPath(recording)))
        .filter(Files::exists)
        .findFirst()
        .map(MachineFile::read)
        .orElse(MachineFacts.NOT_KNOWN);
  }

  private static Stream<Path> names(Path recording) {
    Path named = recording.toAbsolutePath().normalize();
    Path folder = named.getParent();
    if (folder == null) {
      return Stream.empty();
    }
    Path plain = named.resolveSibling(TraceName.withoutPacking(named));
    boolean isOfFolder =
        plain.getFileName().toString().equals(DATA_OF_FOLDER) && folder.getFileName() != null;
    return Stream.concat(
            Stream.of(of(named), of(plain)), isOfFolder ? Stream.of(of(folder)) : Stream.empty())
        .distinct();
  }

  private static MachineFacts read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw wrong(file.toString(), "it is larger than any description of a machine");
      }
      return new MachineFile(file.toString(), JSON.readTree(bytes)).facts();
    } catch (JsonProcessingException e) {
      throw wrong(file.toString(), "it is not JSON, or damaged");
    } catch (IOException e) {
      throw TraceBytes.unreadable(file.toString(), e);
    }
  }

  private static TraceException wrong(String file, String what) {
    return TraceException.of(file, what, REMEDY);
  }

  private MachineFacts facts() {
    String schema = text("schema");
    if (!schema.equals(SCHEMA)) {
      throw wrong(
          file,
          schema.startsWith(SCHEMAS)
              ? "its schema is %s, and this version reads %s".formatted(schema, SCHEMA)
              : "it has no \"schema\":\"%s\"".formatted(SCHEMA));
    }
    return new MachineFacts(
        fact(LA57),
        fact(FRED),
        text(HYPERVISOR),
        text(KERNEL_RELEASE),
        String.join(" ", texts(KERNEL_PARAMETERS)));
  }

  private Optional<JsonNode> value(String key) {
    return Optional.ofNullable(json.get(key)).filter(it -> !it.isNull());
  }

  private Fact fact(String key) {
    return value(key)
        .map(it -> is(it.isBoolean(), it, key, "true or false"))
        .map(it -> Fact.of(it.booleanValue()))
        .orElse(Fact.NOT_KNOWN);
  }

  private String text(String key) {
    return value(key).map(it -> text(it, key)).orElse("");
  }

  private String text(JsonNode value, String key) {
    is(value.isTextual(), value, key, "a text");
    String text = value.textValue();
    boolean fits = text.length() <= MOST_CHARACTERS;
    is(fits && text.chars().noneMatch(Character::isISOControl), value, key, "one short line");
    return text;
  }

  private List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    value(key)
        .ifPresent(
            it -> is(it.isArray(), it, key, "a list").forEach(each -> texts.add(text(each, key))));
    return texts;
  }

  private JsonNode is(boolean so, JsonNode value, String key, String what) {
    if (!so) {
      throw wrong(file, "%s is not %s".formatted(key, what));
    }
    return value;
  }

  /** The facts as JSON, without those that are not known. */
  public static String write(MachineFacts facts) {
    ObjectNode json = JSON.createObjectNode().put("schema", SCHEMA);
    put(json, KERNEL_RELEASE, facts.kernelRelease());
    put(json, LA57, facts.la57());
    put(json, FRED, facts.fred());
    put(json, HYPERVISOR, facts.hypervisor());
    if (!facts.kernelParameters().isEmpty()) {
      ArrayNode parameters = json.putArray(KERNEL_PARAMETERS);
      Stream.of(facts.kernelParameters().split(" ")).forEach(parameters::add);
    }
    return json.toPrettyString() + "\n";
  }

  private static void put(ObjectNode json, String key, String text) {
    if (!text.isEmpty()) {
      json.put(key, text);
    }
  }

  private static void put(ObjectNode json, String key, Fact fact) {
    if (fact != Fact.NOT_KNOWN) {
      json.put(key, fact.isYes());
    }
  }
}
