package org.sysretreplay.ingest.generate;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.sysretreplay.emulator.Assembly.Recorded;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Hex;
import org.sysretreplay.emulator.Register;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.ingest.generate.Profile.Workload;

/** Writes a profile as JSON. */
final class ProfileWriter {

  /** The depth of a workload's lists. Each element below it stands on one line. */
  private static final int DEEPEST_LINES = 4;

  private static final ObjectWriter LINES = new JsonMapper().writer(new Lines());

  private ProfileWriter() {}

  static String write(Profile profile) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("schema", Profile.SCHEMA);
    ArrayNode workloads = json.putArray("workloads");
    profile.workloads().forEach(it -> put(it, workloads.addObject()));
    try {
      return LINES.writeValueAsString(json) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  private static void put(Workload workload, ObjectNode json) {
    json.put("name", workload.name());
    json.put("frames", workload.frames());
    json.put("threads_at_once", workload.scheduling().threadsAtOnce());
    json.put("switches", workload.scheduling().switches());
    json.put("migrations", workload.scheduling().migrations());
    put(workload.threads(), json.putArray("threads_per_process"));
    put(workload.cpus(), json.putArray("cpus"));
    put(workload.gaps(), json.putArray("gaps_ns"));
    ArrayNode templates = json.putArray("templates");
    workload.templates().forEach(it -> put(it, templates.addObject()));
    put(workload.firstOfProcess(), json.putArray("first_of_process"));
    put(workload.firstOfThread(), json.putArray("first_of_thread"));
    ArrayNode steps = json.putArray("steps");
    workload.steps().forEach(it -> steps.addArray().add(it.from()).add(it.to()).add(it.count()));
  }

  private static void put(List<Weighted> values, ArrayNode json) {
    values.forEach(it -> json.addArray().add(it.value()).add(it.count()));
  }

  private static void put(Template template, ObjectNode json) {
    ExitFrame frame = template.frame();
    json.put("entry", frame.entry().key());
    json.put("path", frame.path().key());
    json.put("stage", frame.assembly().stage().key());
    frame.cause().ifPresent(it -> json.put("cause", it.key()));
    frame.event().ifPresent(it -> json.put("event", it));
    frame.task().comm().ifPresent(it -> json.put("comm", it));
    frame.syscall().ifPresent(it -> json.put("nr", it));
    frame.result().ifPresent(it -> json.put("ret", it));
    put(frame.registers(), frame.rsp(), frame.rax(), json);
    template.recorded().ifPresent(it -> put(it, json.putObject("recorded")));
    putNames(template.absent(), json);
  }

  private static void put(Recorded recorded, ObjectNode json) {
    json.put("entry", recorded.entry().key());
    json.put("path", recorded.path().key());
    put(recorded.registers(), recorded.rsp(), recorded.rax(), json);
  }

  private static void put(
      Registers registers, OptionalLong rsp, OptionalLong rax, ObjectNode json) {
    for (Register register : Register.values()) {
      json.put(register.key(), Hex.of(register.of(registers)));
    }
    rsp.ifPresent(it -> json.put("rsp", Hex.of(it)));
    rax.ifPresent(it -> json.put("rax", Hex.of(it)));
  }

  private static void putNames(Set<Template.Drawn> absent, ObjectNode json) {
    if (!absent.isEmpty()) {
      ArrayNode names = json.putArray("absent");
      absent.forEach(it -> names.add(it.name().toLowerCase(Locale.ROOT)));
    }
  }

  /** Breaks lines down to {@link #DEEPEST_LINES}, and writes deeper values on one line. */
  private static final class Lines extends DefaultPrettyPrinter {

    private static final long serialVersionUID = 1L;

    private static final Indenter BY_LEVEL =
        new NopIndenter() {
          private static final long serialVersionUID = 1L;

          @Override
          public void writeIndentation(JsonGenerator json, int level) throws IOException {
            json.writeRaw(level > DEEPEST_LINES ? " " : "\n" + "  ".repeat(level));
          }

          @Override
          public boolean isInline() {
            return false;
          }
        };

    Lines() {
      indentArraysWith(BY_LEVEL);
      indentObjectsWith(BY_LEVEL);
    }

    @Override
    public Lines createInstance() {
      return new Lines();
    }

    @Override
    public void writeEndArray(JsonGenerator json, int values) throws IOException {
      if (_nesting > DEEPEST_LINES) {
        endOnTheLine(json, " ]");
      } else {
        super.writeEndArray(json, values);
      }
    }

    @Override
    public void writeEndObject(JsonGenerator json, int fields) throws IOException {
      if (_nesting > DEEPEST_LINES) {
        endOnTheLine(json, " }");
      } else {
        super.writeEndObject(json, fields);
      }
    }

    /** Ends a value on its line. Jackson would decide by the level above, which may break lines. */
    private void endOnTheLine(JsonGenerator json, String end) throws IOException {
      _nesting--;
      json.writeRaw(end);
    }
  }
}
