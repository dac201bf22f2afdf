package org.sysretreplay.analytics.verdict;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import org.apache.parquet.io.OutputFile;
import org.sysretreplay.analytics.JsonText;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Verdict;

/** Verdicts as lines of JSON. */
final class JsonVerdicts implements VerdictWriter {

  private final JsonGenerator json;
  private final String traceId;

  JsonVerdicts(OutputFile target, String traceId) throws IOException {
    this.traceId = traceId;
    json = JsonText.factory().createGenerator(target.create(0));
    json.setPrettyPrinter(new MinimalPrettyPrinter(""));
  }

  @Override
  public void add(long seq, Verdict verdict) throws IOException {
    json.writeStartObject();
    json.writeStringField("trace", traceId);
    json.writeNumberField("seq", seq);
    json.writeStringField("outcome", verdict.outcome().name());
    json.writeStringField("first_miss", verdict.firstMiss().map(MissReason::name).orElse(null));
    json.writeArrayFieldStart("all_miss");
    for (MissReason reason : MissReason.values()) {
      if (verdict.allMisses().contains(reason)) {
        json.writeString(reason.name());
      }
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeRaw('\n');
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
