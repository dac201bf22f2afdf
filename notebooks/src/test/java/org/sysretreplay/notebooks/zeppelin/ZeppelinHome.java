package org.sysretreplay.notebooks.zeppelin;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A home of Zeppelin with all that a server needs, made around jars from Maven's repository. It has
 * no pages: tests use its REST interface only.
 */
final class ZeppelinHome {

  private static final String SERVER =
      """
      #!/bin/sh
      # Ends when nobody holds the other end of its standard input any more.
      export ZEPPELIN_WAR="$ZEPPELIN_HOME/war" ZEPPELIN_ANGULAR_WAR="$ZEPPELIN_HOME/war"
      exec "$JAVA_HOME/bin/java" -Xmx512m "-Duser.home=$HOME" -cp "$ZEPPELIN_CONF_DIR:%1$s/*" \\
        org.apache.zeppelin.server.ZeppelinServer
      """;

  private static final String INTERPRETER =
      """
      #!/bin/sh
      while getopts "c:d:g:i:l:p:r:u:" option; do
        case $option in
          c) host=$OPTARG ;;
          d) own=$OPTARG ;;
          i) group=$OPTARG ;;
          p) port=$OPTARG ;;
          r) range=$OPTARG ;;
        esac
      done
      exec "$JAVA_HOME/bin/java" $ZEPPELIN_INTP_JAVA_OPTS $ZEPPELIN_INTP_MEM "-Duser.home=$HOME" \\
        -cp "$ZEPPELIN_INTP_CLASSPATH_OVERRIDES:$own/*:%1$s/*" \\
        org.apache.zeppelin.interpreter.remote.RemoteInterpreterServer "$host" "$port" "$group" "$range"
      """;

  private static final String LOGGING =
      """
      log4j.rootLogger = WARN, console
      log4j.appender.console = org.apache.log4j.ConsoleAppender
      log4j.appender.console.layout = org.apache.log4j.PatternLayout
      log4j.appender.console.layout.ConversionPattern = %p %c{1}: %m%n
      """;

  private ZeppelinHome() {}

  /** Makes a home, with Zeppelin's own interpreter for Markdown. */
  static Path make(Path home, Path jars) throws IOException {
    program(home.resolve("bin/zeppelin.sh"), SERVER.formatted(jars));
    program(home.resolve("bin/interpreter.sh"), INTERPRETER.formatted(jars));
    file(home.resolve("conf/log4j.properties"), LOGGING);
    file(home.resolve("war/index.html"), "<html></html>");
    Path own = Files.createDirectories(home.resolve("interpreter/md"));
    try (DirectoryStream<Path> markdown = Files.newDirectoryStream(jars, "zeppelin-markdown-*")) {
      for (Path jar : markdown) {
        Files.copy(jar, own.resolve(jar.getFileName()));
      }
    }
    return home;
  }

  private static void program(Path file, String text) throws IOException {
    file(file, text);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException(file + " cannot be made a program");
    }
  }

  private static void file(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
