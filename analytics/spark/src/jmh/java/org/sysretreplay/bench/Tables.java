package org.sysretreplay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sysretreplay.bench.Results.Result;

/** Makes the tables of PERFORMANCE.md from the raw results alone: {@code Tables RAW TABLES}. */
public final class Tables {

  /** By subject, by contestant, by run; a run that was repeated counts with its last result. */
  private final Map<String, Map<String, TreeMap<Integer, Result>>> results = new LinkedHashMap<>();

  private Tables(List<Result> all) {
    for (Result result : all) {
      results
          .computeIfAbsent(result.subject(), it -> new LinkedHashMap<>())
          .computeIfAbsent(result.contestant(), it -> new TreeMap<>())
          .put(result.run(), result);
    }
  }

  public static void main(String[] args) throws IOException {
    write(Path.of(args[0]), Path.of(args[1]));
  }

  static void write(Path raw, Path tables) throws IOException {
    Files.writeString(tables, new Tables(Results.read(raw)).text());
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    text.append("| subject | one | other | one is faster by | spread | pairs |\n");
    text.append("|---|---|---|---:|---:|---:|\n");
    results.forEach((subject, contestants) -> addPair(text, subject, contestants));
    text.append("\n| subject | figure | value |\n|---|---|---:|\n");
    results.forEach((subject, contestants) -> addFigures(text, subject, contestants));
    return text.toString();
  }

  private static void addPair(
      StringBuilder text, String subject, Map<String, TreeMap<Integer, Result>> contestants) {
    List<String> names = new ArrayList<>(contestants.keySet());
    if (names.size() != 2 || !isTimed(contestants)) {
      return;
    }
    double[] one = values(contestants.get(names.get(0)));
    double[] other = values(contestants.get(names.get(1)));
    double[] ratios = new double[Math.min(one.length, other.length)];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = other[i] / one[i];
    }
    double[] sorted = Arrays.stream(ratios).sorted().toArray();
    text.append(
        "| %s | %s %.3f s | %s %.3f s | %.2f | %.2f to %.2f | %d |\n"
            .formatted(
                subject,
                names.get(0),
                Pairs.median(one),
                names.get(1),
                Pairs.median(other),
                Pairs.median(ratios),
                sorted[0],
                sorted[sorted.length - 1],
                ratios.length));
  }

  private static boolean isTimed(Map<String, TreeMap<Integer, Result>> contestants) {
    return contestants.values().stream()
        .allMatch(it -> it.firstEntry().getValue().unit().equals("s"));
  }

  private static double[] values(TreeMap<Integer, Result> runs) {
    return runs.values().stream().mapToDouble(Result::value).toArray();
  }

  private static void addFigures(
      StringBuilder text, String subject, Map<String, TreeMap<Integer, Result>> contestants) {
    if (contestants.size() == 2 && isTimed(contestants)) {
      return;
    }
    contestants.forEach(
        (name, runs) ->
            text.append(
                "| %s | %s | %,.3f %s |\n"
                    .formatted(
                        subject,
                        name,
                        Pairs.median(values(runs)),
                        runs.firstEntry().getValue().unit())));
  }
}
