package org.sysretreplay.notebooks.jupyter;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.sysretreplay.analytics.NotebookServer;
import org.sysretreplay.notebooks.Servers;

/** Starts Jupyter Lab if it is installed, else Jupyter Notebook. */
public final class Jupyter implements NotebookServer {

  private static final String LOOKED_IN = "JUPYTER_PATH";

  /** The programs that serve notebooks, the preferred one first. */
  private static final List<String> SERVERS = List.of("jupyter-lab", "jupyter-notebook");

  /** For the service loader. */
  public Jupyter() {}

  @Override
  public String name() {
    return "jupyter";
  }

  @Override
  public int run(List<String> arguments, Consumer<String> say) {
    Path server = server();
    Path target = Servers.target();
    Path spec = KernelSpec.write(target.resolve("jupyter"));
    say.accept(
        "the kernel \"%s\" is described in %s; Jupyter itself keeps what it keeps in ~/.jupyter and ~/.local/share/jupyter."
            .formatted(KernelSpec.NAME, spec));
    List<String> command = new ArrayList<>(List.of(server.toString()));
    command.addAll(arguments);
    ProcessBuilder process =
        new ProcessBuilder(command).directory(target.getParent().toFile()).inheritIO();
    String before = process.environment().get(LOOKED_IN);
    process
        .environment()
        .put(
            LOOKED_IN,
            target.resolve("jupyter") + (before == null ? "" : File.pathSeparator + before));
    return Servers.waitFor(process);
  }

  private static Path server() {
    return SERVERS.stream()
        .flatMap(it -> onPath(it).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new MissingException(
                    "there is neither %s on the PATH; install one: apt-get install jupyter-notebook, or pip install jupyterlab."
                        .formatted(String.join(" nor ", SERVERS))));
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(it -> Path.of(it, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
