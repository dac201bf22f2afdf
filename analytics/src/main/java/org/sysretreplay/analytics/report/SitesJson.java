package org.sysretreplay.analytics.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.sysretreplay.analytics.MissSites.MissSite;
import org.sysretreplay.analytics.MissSites.OfWorkload;
import org.sysretreplay.analytics.Site;

/** Where missed exits return to, as a part of the JSON of a report. */
final class SitesJson {

  private SitesJson() {}

  static ObjectNode tree(TopSites sites) {
    ObjectNode root =
        JsonNodeFactory.instance
            .objectNode()
            .put("model", sites.modelId())
            .put("maps_left_out", sites.mapsLeftOut());
    ArrayNode workloads = root.putArray("workloads");
    sites.workloads().forEach(it -> workloads.add(workload(it)));
    return root;
  }

  private static ObjectNode workload(OfWorkload it) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("workload", it.workload())
            .put("misses", it.misses())
            .put("uncounted", it.uncounted())
            .put("found", it.found());
    ArrayNode top = node.putArray("top");
    it.top().forEach(site -> top.add(site(site)));
    return node;
  }

  /** A site as JSON; a field that this kind of site lacks is null. */
  private static ObjectNode site(MissSite it) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("where", where(it.site()));
    if (it.site() instanceof Site.InFile file) {
      place(node, file.path(), file.offset());
    } else if (it.site() instanceof Site.OfKernel code) {
      place(node, code.name(), code.offset());
    } else if (it.site() instanceof Site.InProcess place) {
      node.putNull("file").putNull("offset");
      node.put("trace", place.traceId()).put("pid", place.pid());
      node.put("address", "0x%x".formatted(place.address()));
    }
    node.put("misses", it.misses()).put("main_cause", it.mainCause().name());
    ObjectNode causes = node.putObject("causes");
    it.causes().forEach((cause, count) -> causes.put(cause.name(), count));
    return node;
  }

  private static void place(ObjectNode node, String file, long offset) {
    node.put("file", file).put("offset", "0x%x".formatted(offset));
    node.putNull("trace").putNull("pid").putNull("address");
  }

  private static String where(Site site) {
    if (site instanceof Site.InProcess place) {
      return place.why().key();
    }
    return site instanceof Site.InFile ? "file" : "kernel";
  }
}
