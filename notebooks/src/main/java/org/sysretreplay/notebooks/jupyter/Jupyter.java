package org.sysretreplay.notebooks.jupyter;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.sysretreplay.analytics.NotebookServer;

/** Jupyter Lab where there is one, else Jupyter Notebook. */
public final class Jupyter implements NotebookServer {

  private static final String LOOKED_IN = "JUPYTER_PATH";

  /** The programs that serve notebooks, the better one first. */
  private static final List<String> SERVERS = List.of("jupyter-lab", "jupyter-notebook");

  /** For the command line, which finds it as a service. */
  public Jupyter() {}

  @Override
  public int run(List<String> arguments, Consumer<String> say) {
    Path server = server();
    Path target = target();
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
    return waitFor(process);
  }

  private static int waitFor(ProcessBuilder server) {
    try {
      return server.start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 130;
    }
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

  /** The folder that this was built in. */
  private static Path target() {
    try {
      return Path.of(Jupyter.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
