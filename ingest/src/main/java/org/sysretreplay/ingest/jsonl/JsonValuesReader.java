package org.sysretreplay.ingest.jsonl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.sysretreplay.ingest.jsonl.JsonFrames.JsonObject;
import org.sysretreplay.ingest.text.TextFacts;
import org.sysretreplay.ingest.trace.NamedFile;
import org.sysretreplay.ingest.trace.Place;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.Reject;
import org.sysretreplay.ingest.trace.RejectReason;
import org.sysretreplay.ingest.trace.SteppingReader;
import org.sysretreplay.ingest.trace.TraceBytes;
import org.sysretreplay.ingest.trace.TraceHeader;
import org.sysretreplay.ingest.trace.TraceRecord;
import org.sysretreplay.ingest.trace.TraceRecord.Accepted;
import org.sysretreplay.ingest.trace.TraceRecord.Rejected;
import org.sysretreplay.ingest.trace.Utf8Bytes;

/**
 * Reads frames that do not have a line each: an array of objects, or objects of several lines one
 * after the other. Reading ends at the first place that is no JSON.
 */
final class JsonValuesReader extends SteppingReader {

  private final Place.Source places;
  private final JsonFrame.Names names = new JsonFrame.Names();
  private final Reading reading;
  private final JsonParser parser;
  private final TextFacts facts = new TextFacts();
  private long frames;

  JsonValuesReader(NamedFile file, Reading reading) {
    super(file.name());
    this.reading = reading;
    places = new Place.Source(source(), Place.Unit.LINE);
    try {
      parser = new JsonFactory().createParser(Utf8Bytes.wellFormed(TraceBytes.open(file)));
    } catch (IOException e) {
      throw TraceBytes.unreadable(source(), e);
    }
  }

  @Override
  protected boolean step() {
    try {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_OBJECT) {
        takeObject();
      } else if (token != null && token.isScalarValue()) {
        reject(line(), RejectReason.MALFORMED_JSON, "a value that is no JSON object stands here");
      }
      return token != null;
    } catch (JsonProcessingException e) {
      broken(e, "this is no JSON (" + JsonFrames.why(e) + ")");
    } catch (IOException e) {
      if (!TraceBytes.isDamage(e)) {
        throw TraceBytes.unreadable(source(), e);
      }
      reject(line(), RejectReason.BROKEN_FRAMING, TraceBytes.damage(e));
    }
    return false;
  }

  private void broken(JsonProcessingException e, String detail) {
    long line = e.getLocation() == null ? line() : e.getLocation().getLineNr();
    reject(
        line,
        RejectReason.BROKEN_FRAMING,
        RejectReason.BROKEN_FRAMING.sentence() + " (" + detail + ")");
  }

  private void takeObject() throws IOException {
    long line = line();
    JsonStreamContext around = parser.getParsingContext().getParent();
    try {
      take(JsonFrames.object(parser, names), line);
    } catch (JsonFieldException e) {
      reject(line, e.reason(), e.getMessage());
      skipTo(around);
    }
  }

  private void take(JsonObject object, long line) {
    if (object.counts().areOfCounts()) {
      takeHeader(object.counts(), line);
    } else {
      pass(new Accepted(JsonFrames.at(reading, object.frame().toExitFrame(frames))));
      frames++;
    }
  }

  /** Exits behind a header that cannot be read are not those that the header before announced. */
  private void takeHeader(CountsHeader.Fields counts, long line) {
    try {
      counts.header().addTo(facts, line);
    } catch (JsonFieldException e) {
      facts.announceExits(line, 0);
      throw e;
    } finally {
      giveMissing();
    }
  }

  private void pass(TraceRecord record) {
    facts.take(record);
    give(record);
  }

  @Override
  protected void finish() {
    facts.end();
    giveMissing();
  }

  private void giveMissing() {
    facts.takeMissing(source()).forEach(this::give);
  }

  /** Skips the rest of an object that is rejected. */
  private void skipTo(JsonStreamContext around) throws IOException {
    while (parser.getParsingContext() != around && parser.nextToken() != null) {
      // At the end of the object the parser is back in the context around it.
    }
  }

  private long line() {
    return Math.max(1, parser.currentTokenLocation().getLineNr());
  }

  private void reject(long line, RejectReason reason, String detail) {
    pass(new Rejected(new Reject(places.at(line), reason, detail, "")));
  }

  @Override
  public TraceHeader header() {
    return facts.header();
  }

  @Override
  public long lost() {
    return facts.losses().total();
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw TraceBytes.unreadable(source(), e);
    }
  }
}
