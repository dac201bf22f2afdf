package org.sysretreplay.notebooks.zeppelin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.sysretreplay.analytics.NotebookServer;
import org.sysretreplay.notebooks.Servers;

/** Starts the Zeppelin that {@code ZEPPELIN_HOME} names. */
public final class Zeppelin implements NotebookServer {

  /** For the service loader. */
  public Zeppelin() {}

  @Override
  public String name() {
    return "zeppelin";
  }

  @Override
  public int run(List<String> arguments, Consumer<String> say) {
    Path home = home(Optional.ofNullable(System.getenv("ZEPPELIN_HOME")));
    Path target = Servers.target();
    ZeppelinFolder folder = new ZeppelinFolder(home, target.resolve("zeppelin"));
    Path setting = folder.write(target.getParent());
    String port = Optional.ofNullable(System.getenv("ZEPPELIN_PORT")).orElse("8080");
    say.accept(
        "the interpreter %%%s is described in %s; this Zeppelin has its own notes, which begin as copies of ours, and its settings and logs in %s, and writes nothing into %s."
            .formatted(InterpreterSetting.GROUP, setting, folder.folder(), home));
    say.accept(
        "Zeppelin starts on http://127.0.0.1:%s; its page answers this machine only, the ports between its own processes do not, see notebooks/README.md."
            .formatted(port));
    return Servers.waitFor(
        folder.server(arguments).directory(target.getParent().toFile()).inheritIO());
  }

  /**
   * The folder of the installation, as an absolute path: the server starts in another folder.
   *
   * @throws MissingException if it is not set, or there is no Zeppelin in it
   */
  static Path home(Optional<String> named) {
    String remedy =
        "unpack the binary package of Apache Zeppelin 0.10 or later, from zeppelin.apache.org, and let"
            + " ZEPPELIN_HOME name its folder.";
    Path home =
        named
            .map(Path::of)
            .orElseThrow(() -> new MissingException("ZEPPELIN_HOME is not set; " + remedy));
    if (!Files.isExecutable(home.resolve(ZeppelinFolder.PROGRAM))) {
      throw new MissingException(
          "ZEPPELIN_HOME=%s: there is no %s; %s".formatted(home, ZeppelinFolder.PROGRAM, remedy));
    }
    return home.toAbsolutePath();
  }
}
