package org.sysretreplay.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sysretreplay.analytics.SampleTraces;

/** The charts and pages of the public face, and its generated stores. */
class ChartsTest {

  private static final String ALL = SampleTraces.ROOT.toString();
  private static final String SHELL = SampleTraces.ROOT.resolve("shell/perf.data").toString();

  private static SparkSession spark;
  private static SysretReplay replay;

  @TempDir private static Path folder;

  @BeforeAll
  static void start() {
    spark = Sessions.local();
    replay = SysretReplay.on(spark);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void chartShowsTheNumbersOfItsRows() {
    Dataset<Row> rows = replay.read(SHELL).by("entry").report().rows();
    var data = Chart.bars(rows, "entry", "exits").by("model").title("T").data();
    assertThat(data.points())
        .extracting(it -> it.category() + " " + it.series() + " " + (long) it.value())
        .containsExactlyElementsOf(
            rows.collectAsList().stream()
                .map(it -> it.getAs("entry") + " seed " + it.<Long>getAs("exits"))
                .toList());
    assertThat(data.subtitle()).isEqualTo("2,489 in all");
    assertThat(Chart.bars(rows, "entry", "exits").html()).contains("<svg", "<table>");
  }

  @Test
  void shareIsTakenForOneByItsUnitOrItsNumbers() {
    Dataset<Row> rows = replay.read(SHELL).report().rows();
    assertThat(Chart.bars(rows, "workload", "hit_rate").svg()).contains("50 %");
    assertThat(Chart.bars(spark.sql("select 'a' as x, 0.5D as y"), "x", "y").svg())
        .contains("50 %");
    assertThat(Chart.bars(spark.sql("select 'a' as x, 1.5D as y"), "x", "y").svg())
        .doesNotContain("50 %");
  }

  @Test
  void whatCannotBeDrawnIsSaidInASentence() {
    Dataset<Row> rows = replay.read(SHELL).report().rows();
    assertThatThrownBy(Chart.bars(rows, "workload", "hits")::svg)
        .isInstanceOf(SysretReplayException.class)
        .hasMessageContaining("there is no column hits; there are workload, model, exits");
    assertThatThrownBy(Chart.bars(rows, "exits", "workload")::svg)
        .isInstanceOf(SysretReplayException.class)
        .hasMessageContaining("the column workload has no numbers");
    assertThatThrownBy(Chart.bars(spark.range(6_000).toDF(), "id", "id")::svg)
        .isInstanceOf(SysretReplayException.class)
        .hasMessageContaining("more than 5,000 rows");
  }

  @Test
  void tableHoldsAHundredRowsAndEscapesThem() {
    assertThat(Html.table(spark.range(101).toDF())).contains(">99</td>", "there are more");
    assertThat(Html.table(spark.range(100).toDF())).doesNotContain("there are more");
    assertThat(
            Html.table(
                spark.sql("select '<script>alert(1)</script>' as a, null as b, map('k', 2L) as c")))
        .contains("&lt;script&gt;", "<td></td>", "<td>k 2</td>")
        .doesNotContain("<script>");
  }

  @Test
  void arraysAndStructsInATableAreTheirValues() {
    assertThat(
            Html.table(
                spark.sql(
                    "select array('RCX_NOT_RIP', '<b>') as a, array(1000L, 2L) as b, array() as c,"
                        + " named_struct('k', 1L, 'l', array('x', null)) as d,"
                        + " map('m', array(1L, 2L)) as e")))
        .contains(
            "<td>RCX_NOT_RIP, &lt;b&gt;</td>",
            "<td>1,000, 2</td>",
            "<td></td>",
            "<td>k 1, l x, </td>",
            "<td>m 1, 2</td>");
    assertThat(Html.table(replay.read(SHELL).verdicts("seed").where("size(all_miss) > 1")))
        .contains("RCX_NOT_RIP, ")
        .doesNotContain("ArraySeq");
  }

  @Test
  void whatSparkCannotComputeIsSaidInASentence() {
    Dataset<Row> none = spark.sql("select id, raise_error('none of these') as x from range(9)");
    Dataset<Row> unfinished =
        spark.read().format("perf").load(SampleTraces.ROOT + "/bad/unfinished.perf.data");

    assertThatThrownBy(() -> Html.table(none))
        .isInstanceOf(SysretReplayException.class)
        .hasMessageMatching("the rows cannot be computed: .*none of these.*");
    assertThatThrownBy(Chart.bars(none, "id", "id").by("x")::svg)
        .isInstanceOf(SysretReplayException.class)
        .hasMessageMatching("the rows cannot be computed: .*none of these.*");
    assertThatThrownBy(() -> Html.table(unfinished))
        .isInstanceOf(SysretReplayException.class)
        .hasMessageMatching(".*/bad/unfinished.perf.data: its header was never finished: .*");
  }

  @Test
  void intervalsHoldTheirShares() {
    Dataset<Row> rows = replay.read(ALL).models("seed", "linux-6.9").report().intervals();
    assertThat(rows.columns())
        .containsExactly(
            "workload", "model", "exits", "sysret_share", "low", "high", "median", "odd");
    assertThat(rows.where("sysret_share not between low and high").count()).isZero();
    assertThat(rows.where("odd <> (median not between low and high)").count()).isZero();
    assertThat(
            rows.groupBy("model")
                .agg(java.util.Map.of("median", "approx_count_distinct"))
                .where("`approx_count_distinct(median)` <> 1")
                .count())
        .isZero();
  }

  @Test
  void generatedStoreIsAsTheRecordingAndAlwaysTheSame() {
    Store store = replay.generate(20_000, SHELL).into(folder.resolve("one").toString());
    assertThat(store.input().seen()).isEqualTo(20_000);
    replay.generate(20_000, SHELL).into(folder.resolve("two").toString());
    String one = replay.read(folder.resolve("one").toString()).by("entry").report().csv();
    assertThat(replay.read(folder.resolve("two").toString()).by("entry").report().csv())
        .isEqualTo(one);
  }

  @Test
  void generatedHostsLieBesideEachOther() {
    String fleet = folder.resolve("fleet").toString();
    replay.generate(3_000, SHELL).workloads("web-", 3).into(fleet);
    replay.generate(1_000, SHELL).workloads("db-", 1).seed(2).into(fleet);
    assertThat(replay.read(fleet).report().rows().select("workload").collectAsList())
        .extracting(it -> it.getString(0))
        .isEqualTo(List.of("db-1", "web-1", "web-2", "web-3"));
  }

  @Test
  void oneNameIsForStoresToo() {
    String fleet = folder.resolve("named").toString();
    replay.generate(3_000, SHELL).workloads("web-", 3).into(fleet);
    Row sum = replay.read(fleet).report().rows().selectExpr("sum(exits)", "sum(sysret)").first();
    List<Row> one =
        replay
            .read(fleet)
            .workload("web")
            .report()
            .rows()
            .select("workload", "exits", "sysret")
            .collectAsList();
    assertThat(one).hasSize(1);
    assertThat(one.get(0).getString(0)).isEqualTo("web");
    assertThat(one.get(0).getLong(1)).isEqualTo(sum.getLong(0));
    assertThat(one.get(0).getLong(2)).isEqualTo(sum.getLong(1));
  }

  @Test
  void whatCannotBeGeneratedIsSaidInASentence() {
    String store = folder.resolve("none").toString();
    assertThatThrownBy(() -> replay.generate(0, SHELL).into(store))
        .isInstanceOf(SysretReplayException.class)
        .hasMessageContaining("0 frames cannot be generated; ask for 1 to");
    assertThatThrownBy(() -> replay.generate(10, "nothing.data").into(store))
        .isInstanceOf(SysretReplayException.class)
        .hasMessageContaining("nothing.data");
  }
}
