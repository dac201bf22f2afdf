package org.sysretreplay.analytics.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.analytics.WorkersException;
import org.sysretreplay.analytics.WorkersProvider;
import org.sysretreplay.ingest.files.FileTrees;
import org.sysretreplay.ingest.source.TraceInputs;
import picocli.CommandLine.Option;

/** The options on where the work is done and on how much is told meanwhile. */
final class EngineOptions {

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "Let Apache Spark do the work: local[*], spark://HOST:PORT, yarn or k8s://URL (default: all"
              + " processors of this machine, without Spark).")
  private String master;

  @Option(
      names = "--conf",
      paramLabel = "K=V",
      description = "A setting of Spark, as --conf of spark-submit takes it; may be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(names = "--quiet", description = "No notes and no progress on standard error.")
  private boolean quiet;

  @Option(
      names = "--progress",
      description = "Show progress on standard error also where it is no terminal.")
  private boolean progress;

  /**
   * Checks the options before any work is done.
   *
   * @throws UsageException if they contradict each other
   */
  void prepare() {
    if (master == null && !settings.isEmpty()) {
      throw new UsageException(
          "--conf %s: this is a setting of Spark, which is not asked; give --master too."
              .formatted(settings.keySet().iterator().next()));
    }
  }

  /**
   * The sources as workers find them: workers of a cluster run in other folders, and need absolute
   * paths.
   */
  List<String> located(List<String> sources) {
    return sources.stream().map(this::located).toList();
  }

  /** One source or store as workers find it: a path or a URI. */
  String located(String store) {
    return isHere() || store.equals(TraceInputs.STDIN)
        ? store
        : FileTrees.local(store).map(it -> it.toAbsolutePath().toString()).orElse(store);
  }

  private boolean isHere() {
    return master == null || WorkersProvider.areHere(master);
  }

  boolean quiet() {
    return quiet;
  }

  /**
   * The engine that does the work.
   *
   * @throws UsageException if the master cannot be reached
   */
  Engine engine(Terminal terminal) {
    Progress shown = progress(terminal);
    if (master == null) {
      return Engine.local(shown);
    }
    try {
      return new Engine(provider().at(master, settings, shown));
    } catch (WorkersException e) {
      throw new UsageException("--master %s: %s".formatted(master, e.getMessage()), e);
    }
  }

  /** Where progress is shown. */
  Progress progress(Terminal terminal) {
    return quiet ? Progress.NONE : progress ? new ProgressBars() : ProgressBars.on(terminal);
  }

  private WorkersProvider provider() {
    Optional<WorkersProvider> provider = ServiceLoader.load(WorkersProvider.class).findFirst();
    return provider.orElseThrow(
        () ->
            new UsageException(
                "--master %s: Spark is not on the class path; start with the launcher, or leave the"
                        .formatted(master)
                    + " option out."));
  }
}
