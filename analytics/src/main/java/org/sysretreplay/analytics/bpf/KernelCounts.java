package org.sysretreplay.analytics.bpf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sysretreplay.ingest.jsonl.CountsHeader;

/**
 * What was counted.
 *
 * @param alike exits that are alike, the most frequent first
 * @param lost how many exits the map had no room for, and how many threads there was no room to
 *     follow, each of which had one exit at least
 */
public record KernelCounts(List<AlikeExits> alike, long lost) {

  private static final JsonMapper JSON = new JsonMapper();

  /** Some bpftraces print a byte above 127 as a negative number of 32 bits. */
  private static final Pattern BYTE = Pattern.compile("\\\\(?:u[fF]{6}([0-9a-fA-F]{2})|.)");

  public KernelCounts {
    alike = alike.stream().sorted(AlikeExits.ORDER).toList();
  }

  /**
   * The counts that bpftrace printed.
   *
   * @param lines its lines of JSON, of which each character is a byte
   * @throws IOException where a map is missing or is none of {@link CountScript}'s
   */
  public static KernelCounts of(List<String> lines) throws IOException {
    List<AlikeExits> alike = List.of();
    long total = -1;
    long unfollowed = 0;
    for (String line : lines) {
      JsonNode json = read(line);
      if (json.path("type").asText().equals("map")) {
        JsonNode map = json.path("data");
        alike = map.has(CountScript.ALIKE) ? alike(map.get(CountScript.ALIKE)) : alike;
        unfollowed = Math.max(unfollowed, map.path(CountScript.UNFOLLOWED).asLong(0));
        total = map.has(CountScript.TOTAL) ? map.get(CountScript.TOTAL).asLong(-1) : total;
      }
    }
    long counted = sum(alike);
    if (total < counted) {
      throw new IOException(
          total < 0
              ? "it printed no total"
              : "of %d exits it counted %d".formatted(total, counted));
    }
    return new KernelCounts(alike, total - counted + unfollowed);
  }

  private static JsonNode read(String line) throws IOException {
    if (line.isBlank()) {
      return JSON.missingNode();
    }
    Matcher bytes = BYTE.matcher(line);
    String plain =
        bytes.replaceAll(
            it ->
                Matcher.quoteReplacement(it.group(1) == null ? it.group() : "\\u00" + it.group(1)));
    try {
      return JSON.readTree(plain);
    } catch (JsonProcessingException e) {
      throw new IOException("it printed a line that is no JSON", e);
    }
  }

  private static List<AlikeExits> alike(JsonNode map) throws IOException {
    List<AlikeExits> alike = new ArrayList<>();
    for (Map.Entry<String, JsonNode> row : map.properties()) {
      alike.add(alike(row.getKey(), row.getValue().asLong()));
    }
    return alike;
  }

  /** A thread's name may have commas in it; numbers do not. */
  private static AlikeExits alike(String key, long count) throws IOException {
    int last = key.lastIndexOf(',');
    int middle = key.lastIndexOf(',', last - 1);
    try {
      byte[] comm = key.substring(0, middle).getBytes(StandardCharsets.ISO_8859_1);
      return new AlikeExits(
          new String(comm, StandardCharsets.UTF_8),
          Long.parseLong(key.substring(middle + 1, last).strip()),
          Integer.parseInt(key.substring(last + 1).strip()),
          count);
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new IOException("a row of its map has the key " + key, e);
    }
  }

  private static long sum(List<AlikeExits> alike) {
    return alike.stream().mapToLong(AlikeExits::count).sum();
  }

  /** As JSON lines, behind what is said of the whole. */
  public String text(String kernelRelease, String recorder) {
    StringBuilder lines =
        new StringBuilder(new CountsHeader(kernelRelease, recorder, sum(alike), lost).text())
            .append('\n');
    alike.stream().flatMap(AlikeExits::lines).forEach(it -> lines.append(it).append('\n'));
    return lines.toString();
  }
}
