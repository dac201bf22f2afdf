package org.sysretreplay.notebooks.zeppelin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.sysretreplay.notebooks.cells.SparkSettings;

/** Describes the interpreter to Zeppelin. */
public final class InterpreterSetting {

  /** The name of the interpreter in notes, and of its folder. */
  public static final String GROUP = "sysret";

  private static final String FILE = "interpreter-setting.json";
  private static final String ROOM = "org.sysretreplay.notebooks.zeppelin.";

  private InterpreterSetting() {}

  /**
   * Writes the description of an interpreter that runs with the same Java as this JVM and with its
   * class path before Zeppelin's own.
   *
   * @param folder the folder that has a folder for each interpreter
   * @return the file
   */
  public static Path write(Path folder) {
    try {
      Path setting = Files.createDirectories(folder.resolve(GROUP)).resolve(FILE);
      new ObjectMapper()
          .writerWithDefaultPrettyPrinter()
          .writeValue(setting.toFile(), List.of(java(), sql()));
      return setting;
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be written", e);
    }
  }

  /**
   * Updates Zeppelin's copy of the description: Zeppelin reads it only once, and libraries may have
   * moved since. Settings that a user may have changed are kept.
   *
   * @param kept the file in which Zeppelin keeps the settings of interpreters; it may be missing
   */
  static void renew(Path kept) throws IOException {
    if (!Files.exists(kept)) {
      return;
    }
    ObjectMapper json = new ObjectMapper();
    JsonNode all = json.readTree(kept.toFile());
    JsonNode properties = all.path("interpreterSettings").path(GROUP).path("properties");
    ofThisJvm()
        .forEach(
            (name, value) -> {
              if (properties.path(name) instanceof ObjectNode property) {
                property.put("value", value);
              }
            });
    json.writerWithDefaultPrettyPrinter().writeValue(kept.toFile(), all);
  }

  private static Map<String, Object> java() {
    Map<String, Object> properties = new LinkedHashMap<>();
    SparkSettings.all()
        .forEach((key, value) -> properties.put(key, property("Setting of Spark", value)));
    properties.put("ZEPPELIN_INTP_MEM", property("Memory of the JVM", "-Xmx2g"));
    ofThisJvm()
        .forEach((key, value) -> properties.put(key, property("As sysret-replay runs", value)));
    return interpreter(GROUP, "SysretInterpreter", "java", properties);
  }

  /** The variables for the process that Zeppelin starts; their names are Zeppelin's. */
  private static Map<String, String> ofThisJvm() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    variables.put("ZEPPELIN_INTP_JAVA_OPTS", javaOptions());
    variables.put("ZEPPELIN_INTP_CLASSPATH_OVERRIDES", classPath());
    return variables;
  }

  private static Map<String, Object> sql() {
    String rows = Integer.toString(SqlInterpreter.USUAL_ROWS);
    return interpreter(
        "sql",
        "SqlInterpreter",
        "sql",
        Map.of(SqlInterpreter.ROWS, property("The rows of a table that are shown", rows)));
  }

  private static Map<String, Object> interpreter(
      String name, String type, String language, Map<String, Object> properties) {
    Map<String, Object> interpreter = new LinkedHashMap<>();
    interpreter.put("group", GROUP);
    interpreter.put("name", name);
    interpreter.put("className", ROOM + type);
    interpreter.put("defaultInterpreter", name.equals(GROUP));
    interpreter.put("properties", properties);
    interpreter.put("editor", Map.of("language", language, "editOnDblClick", false));
    return interpreter;
  }

  private static Map<String, String> property(String sentence, String value) {
    Map<String, String> property = new LinkedHashMap<>();
    property.put("defaultValue", value);
    property.put("description", sentence);
    property.put("type", "string");
    return property;
  }

  private static String javaOptions() {
    return Stream.concat(
            Stream.of(JavaModuleOptions.defaultModuleOptionArray()),
            Stream.of("-Dfile.encoding=UTF-8"))
        .collect(Collectors.joining(" "));
  }

  /** Without the jars that Zeppelin itself provides. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(it -> !new File(it).getName().startsWith("zeppelin-"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
