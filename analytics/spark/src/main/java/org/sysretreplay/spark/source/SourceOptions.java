package org.sysretreplay.spark.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.connector.catalog.CatalogV2Util;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.trace.Reading;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The parsed options of a query.
 *
 * @param kind the data source
 * @param paths at least one
 * @param format the format of all files; detected from their first bytes if empty
 * @param workload the workload of everything; each trace's own if empty
 * @param registers how registers are shown
 * @param permissive whether a file that cannot be read is a reject; if not, it fails the query
 * @param judges the models whose verdicts are columns
 * @param maxFilesPerTrigger the most files in a batch of a stream; no limit if empty
 */
record SourceOptions(
    SourceKind kind,
    List<String> paths,
    SourceTable table,
    Optional<TraceFormat> format,
    Optional<String> workload,
    Reading reading,
    Registers registers,
    boolean permissive,
    List<ModelOption> judges,
    OptionalInt maxFilesPerTrigger) {

  /** How registers are shown. */
  enum Registers implements Serializable {
    /** 64-bit patterns in signed numbers. */
    NUMBERS,
    /** Texts that begin with 0x. */
    HEX
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> CATALOG =
      Set.copyOf(CollectionConverters.asJava(CatalogV2Util.TABLE_RESERVED_PROPERTIES()));

  /**
   * Parses the options as Spark passes them.
   *
   * @throws RuntimeException Spark's AnalysisException, if an option or a value is unknown
   */
  static SourceOptions of(SourceKind kind, Map<String, String> options) {
    return new Parser(kind, options).parse();
  }

  private record Parser(SourceKind kind, Map<String, String> options) {

    SourceOptions parse() {
      options.keySet().stream().filter(it -> !isOfCatalog(it)).forEach(this::checkKnown);
      return new SourceOptions(
          kind,
          paths(),
          table(),
          text(SourceOption.FORMAT).filter(it -> !it.equalsIgnoreCase("auto")).map(this::format),
          text(SourceOption.WORKLOAD),
          flag(SourceOption.AS_RECORDED) ? Reading.AS_RECORDED : Reading.ASSEMBLED,
          oneOf(SourceOption.REGISTERS, "numbers", "hex").equals("hex")
              ? Registers.HEX
              : Registers.NUMBERS,
          oneOf(SourceOption.MODE, "failfast", "permissive").equals("permissive"),
          judges(),
          maxFiles());
    }

    /**
     * Whether Spark's catalog added the property for a table made by {@code create table ...
     * using}.
     */
    private static boolean isOfCatalog(String key) {
      String lower = key.toLowerCase(Locale.ROOT);
      return CATALOG.contains(lower) || lower.startsWith(TableCatalog.OPTION_PREFIX);
    }

    private void checkKnown(String key) {
      if (SourceOption.of(kind, key).isEmpty()) {
        throw Refusal.of(
            "%s: there is no option %s; the options are %s."
                .formatted(kind.format(), key, SourceOption.keys(kind)));
      }
    }

    private Optional<String> text(SourceOption option) {
      return options.entrySet().stream()
          .filter(it -> it.getKey().equalsIgnoreCase(option.key()))
          .flatMap(it -> Stream.ofNullable(it.getValue()))
          .findFirst();
    }

    private RuntimeException unknown(SourceOption option, String value, String known) {
      return Refusal.of(
          "%s: option %s is %s, and can be %s."
              .formatted(kind.format(), option.key(), value, known));
    }

    private List<String> paths() {
      List<String> paths = new ArrayList<>();
      text(SourceOption.PATHS).ifPresent(it -> paths.addAll(listed(it)));
      text(SourceOption.PATH).ifPresent(paths::add);
      if (paths.isEmpty()) {
        throw Refusal.of(
            "%s: no path is given; name one in load(...), or by the option path."
                .formatted(kind.format()));
      }
      paths.forEach(Parser::checkPath);
      return paths;
    }

    private static void checkPath(String path) {
      if (path == null || path.isBlank()) {
        throw Refusal.of(
            "%s: this is no path; name a file or a folder."
                .formatted(path == null ? "null" : "\"" + path + "\""));
      }
    }

    /** The paths in a JSON array; one may be null. */
    private List<String> listed(String json) {
      try {
        return Optional.ofNullable(JSON.readValue(json, String[].class))
            .map(Arrays::asList)
            .orElseThrow(() -> noList(json));
      } catch (JsonProcessingException e) {
        throw noList(json);
      }
    }

    private RuntimeException noList(String json) {
      return unknown(SourceOption.PATHS, json, "a JSON array of paths");
    }

    private SourceTable table() {
      String key = text(SourceOption.TABLE).orElse(SourceTable.FRAMES.key());
      return SourceTable.ofKey(key)
          .orElseThrow(() -> unknown(SourceOption.TABLE, key, SourceTable.KEYS));
    }

    private TraceFormat format(String id) {
      return TraceFormat.byId(id.toLowerCase(Locale.ROOT))
          .orElseThrow(
              () ->
                  unknown(
                      SourceOption.FORMAT,
                      id,
                      Stream.of(TraceFormat.values())
                          .map(TraceFormat::id)
                          .collect(Collectors.joining(", ", "auto, ", ""))));
    }

    private boolean flag(SourceOption option) {
      return oneOf(option, "false", "true").equals("true");
    }

    /** The value of an option, in lower case; {@code usual} if it is not given. */
    private String oneOf(SourceOption option, String usual, String other) {
      String value = text(option).orElse(usual);
      if (value.equalsIgnoreCase(usual)) {
        return usual;
      }
      if (value.equalsIgnoreCase(other)) {
        return other;
      }
      throw unknown(option, value, usual + " or " + other);
    }

    private List<ModelOption> judges() {
      Machine machine =
          (flag(SourceOption.UNTRACED) ? Machine.UNTRACED : Machine.TRACED)
              .withLa57(flag(SourceOption.LA57))
              .withXenPv(flag(SourceOption.XEN_PV));
      List<ModelOption> judges =
          text(SourceOption.MODELS).stream()
              .flatMap(it -> Stream.of(it.split(",")))
              .map(String::strip)
              .distinct()
              .map(it -> judge(it, machine))
              .toList();
      checkColumns(judges);
      return judges;
    }

    /** Columns whose names differ in case only are one to Spark. */
    private void checkColumns(List<ModelOption> judges) {
      Map<String, ModelOption> byKey = new HashMap<>();
      for (ModelOption judge : judges) {
        ModelOption other = byKey.put(judge.key().toLowerCase(Locale.ROOT), judge);
        if (other != null) {
          throw Refusal.of(
              "%s: option models: the columns of %s and %s would have the same names; leave one out."
                  .formatted(kind.format(), other.name(), judge.name()));
        }
      }
    }

    private ModelOption judge(String name, Machine machine) {
      ModelOption judge =
          ModelOption.of(name, machine)
              .orElseThrow(() -> unknown(SourceOption.MODELS, name, ModelOption.NAMES));
      if (!judge.canRun()) {
        throw Refusal.of(
            "%s: option la57: %s cannot run with 5-level paging; leave it out, or name a later model."
                .formatted(kind.format(), name));
      }
      return judge;
    }

    private OptionalInt maxFiles() {
      Optional<String> text = text(SourceOption.MAX_FILES_PER_TRIGGER);
      if (text.isEmpty()) {
        return OptionalInt.empty();
      }
      if (!text.get().matches("[1-9]\\d{0,8}")) {
        throw unknown(SourceOption.MAX_FILES_PER_TRIGGER, text.get(), "a number from 1 on");
      }
      return OptionalInt.of(Integer.parseInt(text.get()));
    }
  }
}
