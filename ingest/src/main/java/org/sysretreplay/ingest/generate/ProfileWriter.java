package org.sysretreplay.ingest.generate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.sysretreplay.emulator.Assembly.Recorded;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Hex;
import org.sysretreplay.emulator.Register;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.ingest.generate.Profile.Step;
import org.sysretreplay.ingest.generate.Profile.Workload;

/** Writes a profile as JSON. */
final class ProfileWriter {

  /** The depth of a workload's lists; what is in them stands on one line each. */
  private static final int DEEPEST_LINES = 4;

  private final JsonGenerator json;

  private ProfileWriter(JsonGenerator json) {
    this.json = json;
  }

  static String write(Profile profile) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setPrettyPrinter(new Lines());
      new ProfileWriter(json).profile(profile);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return text + "\n";
  }

  /** Breaks lines as long as it is worth one. */
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

    /** Jackson's own way is to go by the level above, which may have lines. */
    private void endOnTheLine(JsonGenerator json, String end) throws IOException {
      _nesting--;
      json.writeRaw(end);
    }
  }

  private void profile(Profile profile) throws IOException {
    json.writeStartObject();
    json.writeStringField("schema", Profile.SCHEMA);
    json.writeArrayFieldStart("workloads");
    for (Workload workload : profile.workloads()) {
      workload(workload);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void workload(Workload it) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", it.name());
    json.writeNumberField("frames", it.frames());
    json.writeNumberField("threads_at_once", it.scheduling().threadsAtOnce());
    json.writeNumberField("switches", it.scheduling().switches());
    json.writeNumberField("migrations", it.scheduling().migrations());
    weighted("threads_per_process", it.threads());
    weighted("cpus", it.cpus());
    weighted("gaps_ns", it.gaps());
    json.writeArrayFieldStart("templates");
    for (Template template : it.templates()) {
      template(template);
    }
    json.writeEndArray();
    weighted("first_of_process", it.firstOfProcess());
    weighted("first_of_thread", it.firstOfThread());
    json.writeArrayFieldStart("steps");
    for (Step step : it.steps()) {
      numbers(step.from(), step.to(), step.count());
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void weighted(String name, List<Weighted> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (Weighted it : values) {
      numbers(it.value(), it.count());
    }
    json.writeEndArray();
  }

  private void numbers(long... numbers) throws IOException {
    json.writeArray(numbers, 0, numbers.length);
  }

  private void template(Template template) throws IOException {
    ExitFrame frame = template.frame();
    json.writeStartObject();
    json.writeStringField("entry", frame.entry().key());
    json.writeStringField("path", frame.path().key());
    json.writeStringField("stage", frame.assembly().stage().key());
    if (frame.cause().isPresent()) {
      json.writeStringField("cause", frame.cause().get().key());
    }
    if (frame.event().isPresent()) {
      json.writeStringField("event", frame.event().get());
    }
    if (frame.task().comm().isPresent()) {
      json.writeStringField("comm", frame.task().comm().get());
    }
    number("nr", frame.syscall());
    number("ret", frame.result());
    registers(frame.registers(), frame.rsp(), frame.rax());
    if (template.recorded().isPresent()) {
      recorded(template.recorded().get());
    }
    absent(template.absent());
    json.writeEndObject();
  }

  private void recorded(Recorded it) throws IOException {
    json.writeObjectFieldStart("recorded");
    json.writeStringField("entry", it.entry().key());
    json.writeStringField("path", it.path().key());
    registers(it.registers(), it.rsp(), it.rax());
    json.writeEndObject();
  }

  private void registers(Registers registers, OptionalLong rsp, OptionalLong rax)
      throws IOException {
    for (Register register : Register.values()) {
      json.writeStringField(register.key(), Hex.of(register.of(registers)));
    }
    hex("rsp", rsp);
    hex("rax", rax);
  }

  private void absent(Set<Template.Drawn> absent) throws IOException {
    if (!absent.isEmpty()) {
      json.writeArrayFieldStart("absent");
      for (String name : keys(absent)) {
        json.writeString(name);
      }
      json.writeEndArray();
    }
  }

  private static List<String> keys(Collection<Template.Drawn> drawn) {
    return drawn.stream().map(it -> it.name().toLowerCase(Locale.ROOT)).toList();
  }

  private void number(String name, OptionalLong value) throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(name, value.getAsLong());
    }
  }

  private void hex(String name, OptionalLong value) throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, Hex.of(value.getAsLong()));
    }
  }
}
