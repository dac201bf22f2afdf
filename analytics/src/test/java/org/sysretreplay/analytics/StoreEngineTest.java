package org.sysretreplay.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.ingest.DuckDb;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.store.TraceStore;
import org.sysretreplay.ingest.trace.Reading;

/** Stores against the files that they were made of, and against DuckDB over the same stores. */
class StoreEngineTest {

  private static final int[] NUMBERS = {1, 2, 7};

  /** Small enough that every sample has several row groups. */
  private static final int GROUP_ROWS = 300;

  private static final List<Fold<?>> QUESTIONS =
      List.of(
          Questions.BY_EVERYTHING,
          Questions.AS_RECORDED,
          Questions.BY_NOTHING,
          Questions.TRANSITIONS.get(1),
          Questions.TRANSITIONS.get(4),
          Questions.SITES.get(0),
          Questions.SITES.get(1));

  @TempDir private Path folder;

  /** Against DuckDB, which shares nothing with our engine and knows when each map held. */
  @Test
  void duckDbFindsTheSameSitesFromFramesAndMaps() throws IOException, SQLException {
    String store = SampleStores.of(folder, SampleTraces.recordings());
    Inputs inputs = new Inputs(List.of(), List.of(store));
    Map<List<Object>, Long> ours = new HashMap<>();
    long unnamed = 0;
    List<MissSites.OfWorkload> all =
        Engine.local(Progress.NONE)
            .answer("t", Questions.SITES.get(0), inputs)
            .table()
            .top(Integer.MAX_VALUE);
    for (MissSites.OfWorkload workload : all) {
      assertThat(workload.isExact()).isTrue();
      for (MissSites.MissSite it : workload.top()) {
        if (it.site() instanceof Site.InFile file) {
          ours.put(List.of(workload.workload(), file.path(), file.offset()), it.misses());
        } else if (it.site() instanceof Site.OfKernel code && code.name().equals("[vdso]")) {
          ours.put(List.of(workload.workload(), code.name(), code.offset()), it.misses());
        } else {
          unnamed += it.misses();
        }
      }
    }
    assertThat(ours).hasSizeGreaterThan(300);

    Map<List<Object>, Long> theirs = new HashMap<>();
    String sql =
        """
        with misses as (
          from read_parquet('%1$s/frames/*/*/*.parquet', hive_partitioning = true)
          where stage <> 'in_kernel'
            and (rcx <> rip or rcx not between 0 and 140737488355327 or cs <> 51 or r11 <> rflags
              or (r11 & 65536) <> 0 or ss <> 43))
        select workload, file, rip - start + file_offset as place, count(*)
        from misses left join (
          from read_parquet('%1$s/maps/*/*/*.parquet', hive_partitioning = true)
          where file not like '//%%' and (file not like '[%%' or file = '[vdso]')) maps
        using (workload, trace, pid)
        where rip >= start and rip < start + length
          and (since_ns is null or since_ns <= ts_ns) and (until_ns is null or until_ns > ts_ns)
        group by all
        """
            .formatted(store);
    try (Connection duckDb = DuckDb.connect();
        ResultSet rows = duckDb.createStatement().executeQuery(sql)) {
      while (rows.next()) {
        theirs.put(List.of(rows.getString(1), rows.getString(2), rows.getLong(3)), rows.getLong(4));
      }
    }
    assertThat(ours).isEqualTo(theirs);
    long named = ours.values().stream().mapToLong(Long::longValue).sum();
    assertThat(all.stream().mapToLong(MissSites.OfWorkload::misses).sum())
        .isEqualTo(named + unnamed);
    assertThat(named).isGreaterThan(20 * unnamed);
  }

  static List<TraceInput> recordings() throws IOException {
    return SampleTraces.recordingsAndOldKernels();
  }

  private static Map<Fold<?>, Answer<?>> frameByFrame(TraceInput recording) {
    Map<Fold<?>, Answer<?>> answers = new LinkedHashMap<>();
    QUESTIONS.forEach(it -> answers.put(it, TraceReplay.answer(it, recording)));
    return answers;
  }

  private static void assertAnswers(String store, Map<Fold<?>, Answer<?>> expected) {
    Inputs inputs = new Inputs(List.of(), List.of(store));
    for (int processors : NUMBERS) {
      Engine engine = new Engine(new LocalWorkers(processors, Progress.NONE));
      expected.forEach(
          (question, answer) ->
              assertThat((Object) engine.answer("t", question, inputs))
                  .as("%s by %d", question, processors)
                  .isEqualTo(answer));
    }
    assertThat((Object) inSmallPieces(Questions.BY_EVERYTHING, store))
        .isEqualTo(expected.get(Questions.BY_EVERYTHING));
  }

  /** Pieces so small that they end amid a row group. */
  private static Answer<TallyTable> inSmallPieces(Question question, String store) {
    FollowedWorkers workers = new FollowedWorkers(new LocalWorkers(2, Progress.NONE));
    Answer<TallyTable> answer =
        new QuestionRun<>(question, workers, 1)
            .answer("t", List.of(), List.of(TraceStore.at(store).read()));
    assertThat(workers.merged()).hasSize(1);
    assertThat(workers.merged().get(0)).isGreaterThanOrEqualTo(4 * workers.parallelism());
    return answer;
  }

  /** Also in several parts, and written anew by another program: no class of such is trusted. */
  @ParameterizedTest
  @MethodSource("recordings")
  void aStoreAnswersAsTheFileDoesFrameByFrame(TraceInput recording) throws IOException {
    Map<Fold<?>, Answer<?>> expected = frameByFrame(recording);
    String store = SampleStores.of(folder, List.of(recording));
    assertAnswers(store, expected);
    for (int parts : NUMBERS) {
      SampleStores.split(store, recording, parts, GROUP_ROWS);
      assertThat(SampleStores.parts(store, recording)).hasSize(parts);
      assertAnswers(store, expected);
    }
    for (int parts : NUMBERS) {
      String another = SampleStores.of(folder.resolve(Integer.toString(parts)), List.of(recording));
      SampleStores.splitByAnother(another, recording, parts);
      assertThat(SampleStores.parts(another, recording)).hasSize(parts);
      assertAnswers(another, expected);
    }
  }

  /** The six tests of the seed mail as SQL, by an engine that shares nothing with ours. */
  @Test
  void duckDbCountsTheSameFromTheRawRegisters() throws IOException, SQLException {
    String store = SampleStores.of(folder, SampleTraces.recordings());
    Question byEntry =
        new Question(
            List.of("seed"), Machine.TRACED, Reading.ASSEMBLED, List.of(GroupColumn.ENTRY));

    TallyTable ours =
        Engine.local(Progress.NONE)
            .answer("t", byEntry, new Inputs(List.of(), List.of(store)))
            .table();

    Map<List<String>, List<Long>> theirs = new HashMap<>();
    String sql =
        """
        with tested as (
          select workload, entry,
            rcx <> rip as rcx_not_rip,
            rcx not between 0 and 140737488355327 as not_user_address,
            cs <> 51 as cs_not_user, r11 <> rflags as r11_not_rflags,
            (r11 & 65536) <> 0 as rf_set, ss <> 43 as ss_not_user
          from read_parquet('%s/frames/*/*/*.parquet', hive_partitioning = true)
          where stage <> 'in_kernel')
        select workload, entry, count(*),
          count(*) filter (not (rcx_not_rip or not_user_address or cs_not_user or r11_not_rflags
            or rf_set or ss_not_user)),
          count(*) filter (rcx_not_rip), count(*) filter (not_user_address),
          count(*) filter (cs_not_user), count(*) filter (r11_not_rflags),
          count(*) filter (rf_set), count(*) filter (ss_not_user)
        from tested group by all
        """
            .formatted(store);
    try (Connection duckDb = DuckDb.connect();
        ResultSet rows = duckDb.createStatement().executeQuery(sql)) {
      while (rows.next()) {
        List<Long> counts = new ArrayList<>();
        for (int column = 3; column <= 10; column++) {
          counts.add(rows.getLong(column));
        }
        theirs.put(List.of(rows.getString(1), rows.getString(2)), counts);
      }
    }
    assertThat(counts(ours)).isEqualTo(theirs);
  }

  private static Map<List<String>, List<Long>> counts(TallyTable table) {
    Map<List<String>, List<Long>> counts = new HashMap<>();
    table
        .tallies()
        .forEach(
            (group, tally) ->
                counts.put(List.of(group.workload(), (String) group.by().get(0)), counts(tally)));
    return counts;
  }

  private static List<Long> counts(Tally tally) {
    List<Long> counts = new ArrayList<>(List.of(tally.exits(), tally.count(Outcome.SYSRET)));
    for (MissReason reason : MissReason.values()) {
      if (reason != MissReason.XEN_PV_GUEST && reason != MissReason.TF_SET) {
        counts.add(tally.anyMisses().getOrDefault(reason, 0L));
      }
    }
    return counts;
  }
}
