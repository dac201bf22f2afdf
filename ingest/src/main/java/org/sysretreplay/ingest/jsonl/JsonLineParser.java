package org.sysretreplay.ingest.jsonl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.sysretreplay.ingest.jsonl.JsonFrames.JsonObject;
import org.sysretreplay.ingest.jsonl.RejectCache.Fault;
import org.sysretreplay.ingest.text.LineParser;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;

/** Parses each line into a frame. Frames are numbered later. */
class JsonLineParser extends LineParser {

  private static final long UNNUMBERED = 0;

  private final JsonFactory strict =
      JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build();
  private final JsonFrame.Names names = new JsonFrame.Names();
  private final PlainLineParser plain = new PlainLineParser(names);
  private final RejectCache rejects = new RejectCache();
  private final Reading reading;

  /** Whether there was a reject, so that a sound text does not pay for the cache. */
  private boolean anyRejects;

  JsonLineParser(String source, Reading reading) {
    super(source);
    this.reading = reading;
  }

  @Override
  protected void parse(byte[] line, int start, int end) {
    Fault known = anyRejects ? rejects.get(line, start, end) : null;
    if (known != null) {
      reject(known);
      return;
    }
    JsonFrame frame = plain.read(line, start, end);
    if (frame != null && frame.isComplete()) {
      accept(frame);
    } else {
      readStrictly(line, start, end);
    }
  }

  private void accept(JsonFrame frame) {
    take(new Accepted(JsonFrames.at(reading, frame.toExitFrame(UNNUMBERED))));
  }

  /** Parses any line, and rejects it with what is wrong if it is no frame. */
  final void readStrictly(byte[] line, int start, int end) {
    try {
      take(read(line, start, end));
    } catch (JsonFieldException e) {
      rejectAnew(line, start, end, e.reason(), e.getMessage());
    } catch (JsonProcessingException e) {
      String detail = RejectReason.MALFORMED_JSON.sentence() + " (" + JsonFrames.why(e) + ")";
      rejectAnew(line, start, end, RejectReason.MALFORMED_JSON, detail);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  private void take(JsonObject object) {
    if (object.counts().areOfCounts()) {
      CountsHeader header = object.counts().header();
      long number = lineNumber();
      note(facts -> header.addTo(facts, number));
    } else {
      accept(object.frame());
    }
  }

  private void rejectAnew(byte[] line, int start, int end, RejectReason reason, String detail) {
    String text = new String(line, start, end - start, StandardCharsets.UTF_8);
    Fault fault = new Fault(reason, detail, CountsHeader.isOne(text));
    anyRejects = true;
    rejects.put(line, start, end, fault);
    reject(fault);
  }

  /** Exits behind a header that cannot be read are not those that the header before announced. */
  private void reject(Fault fault) {
    if (fault.ofCounts()) {
      long number = lineNumber();
      note(facts -> facts.announceExits(number, 0));
    }
    reject(fault.reason(), fault.detail());
  }

  /** The object of a line, in which a byte that is no UTF-8 is U+FFFD. */
  private JsonObject read(byte[] line, int start, int end) throws IOException {
    try {
      return readUtf8(line, start, end);
    } catch (JsonProcessingException e) {
      byte[] decoded =
          new String(line, start, end - start, StandardCharsets.UTF_8)
              .getBytes(StandardCharsets.UTF_8);
      if (Arrays.equals(decoded, 0, decoded.length, line, start, end)) {
        throw e;
      }
      return readUtf8(decoded, 0, decoded.length);
    }
  }

  private JsonObject readUtf8(byte[] line, int start, int end) throws IOException {
    try (JsonParser parser = strict.createParser(line, start, end - start)) {
      return read(parser);
    }
  }

  private JsonObject read(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new JsonFieldException(
          RejectReason.MALFORMED_JSON, RejectReason.MALFORMED_JSON.sentence());
    }
    JsonObject object = JsonFrames.object(parser, names);
    if (parser.nextToken() != null) {
      throw new JsonFieldException(
          RejectReason.MALFORMED_JSON, "more than one JSON value stands on the line");
    }
    return object;
  }
}
