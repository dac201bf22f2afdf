package org.sysretreplay.spark.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Jobs as users build them. */
final class Jobs {

  private Jobs() {}

  /** Writes a jar that holds the job's class and nothing else, and returns it. */
  static Path jarOf(Class<?> job, Path jar) throws IOException {
    String name = job.getName().replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream to = new JarOutputStream(out)) {
      to.putNextEntry(new JarEntry(name));
      job.getClassLoader().getResourceAsStream(name).transferTo(to);
      to.closeEntry();
    }
    return jar;
  }
}
