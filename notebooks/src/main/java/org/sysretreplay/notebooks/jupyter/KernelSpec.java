package org.sysretreplay.notebooks.jupyter;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.launcher.JavaModuleOptions;
import org.sysretreplay.notebooks.cells.SparkSettings;

/** Describes the kernel to Jupyter: rapaio's Java kernel with the class path of this program. */
public final class KernelSpec {

  /** The kernel's name in notebooks. */
  public static final String NAME = "sysret-replay";

  private static final String FILE = "kernel.json";

  private KernelSpec() {}

  /**
   * Writes the description of a kernel that runs with the same Java and the same class path as this
   * JVM.
   *
   * @param folder a folder to be put on {@code JUPYTER_PATH}
   * @return the file
   */
  public static Path write(Path folder) {
    try {
      Path spec = Files.createDirectories(folder.resolve("kernels").resolve(NAME)).resolve(FILE);
      new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(spec.toFile(), content());
      return spec;
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be written", e);
    }
  }

  private static Map<String, Object> content() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("argv", command());
    content.put("display_name", NAME);
    content.put("language", "java");
    content.put("interrupt_mode", "message");
    return content;
  }

  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    SparkSettings.all().forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.add("-Dfile.encoding=UTF-8");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("org.rapaio.jupyter.kernel.MainApp");
    command.add("{connection_file}");
    return command;
  }
}
