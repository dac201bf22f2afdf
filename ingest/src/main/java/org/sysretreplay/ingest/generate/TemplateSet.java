package org.sysretreplay.ingest.generate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.sysretreplay.emulator.Assembly.Recorded;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Registers;

/**
 * The different templates of one workload, numbered as they come, and how often each was seen.
 * There can be very many, because stack pointers and results have many values. So a profile keeps
 * only the most frequent, and each other one is counted as the most similar of those. Every kind of
 * frame keeps at least one template.
 */
final class TemplateSet {

  /** The most templates that are kept of one workload, unless it has more kinds. */
  static final int MOST_KEPT = 512;

  /** The most templates that are told apart while learning, unless there are more kinds. */
  private static final int MOST_SEEN = 1 << 16;

  /**
   * A place in a program that frames come from: everything about a frame but its stack pointer,
   * result and RAX.
   */
  private record Site(
      FrameKind kind, Optional<String> comm, Registers registers, Optional<Registers> recorded) {

    static Site of(Template template) {
      ExitFrame frame = template.frame();
      return new Site(
          FrameKind.of(template),
          frame.task().comm(),
          frame.registers(),
          template.recorded().map(Recorded::registers));
    }

    Program program() {
      return new Program(kind, comm);
    }
  }

  /** The frames of one kind in one program. */
  private record Program(FrameKind kind, Optional<String> comm) {}

  private record Seen(int number, Template template, Site site) {}

  /**
   * The templates that are kept.
   *
   * @param number maps a number from before to that of the kept template that stands for it
   */
  record Kept(List<Template> templates, IntUnaryOperator number) {}

  private final Map<Template, Seen> seen = new HashMap<>();
  private final List<Seen> inOrder = new ArrayList<>();
  private final List<Long> counts = new ArrayList<>();
  private final Likeness earlier = new Likeness();

  /**
   * Finds the most similar template: the first of the same site, else of the same program, else of
   * the same kind.
   */
  private static final class Likeness {
    private final Map<Site, Integer> bySite = new HashMap<>();
    private final Map<Program, Integer> byProgram = new HashMap<>();
    private final Map<FrameKind, Integer> byKind = new HashMap<>();

    void add(Site site, int number) {
      bySite.putIfAbsent(site, number);
      byProgram.putIfAbsent(site.program(), number);
      byKind.putIfAbsent(site.kind(), number);
    }

    Optional<Integer> mostSimilar(Site site) {
      return Optional.ofNullable(bySite.get(site))
          .or(() -> Optional.ofNullable(byProgram.get(site.program())))
          .or(() -> Optional.ofNullable(byKind.get(site.kind())));
    }
  }

  /** Counts a template once more, and gives its number. */
  int add(Template template) {
    Seen known = seen.get(template);
    int number = known == null ? addNew(template) : known.number();
    counts.set(number, counts.get(number) + 1);
    return number;
  }

  private int addNew(Template template) {
    Site site = Site.of(template);
    Optional<Integer> instead =
        inOrder.size() < MOST_SEEN ? Optional.empty() : earlier.mostSimilar(site);
    return instead.orElseGet(() -> put(new Seen(inOrder.size(), template, site)));
  }

  private int put(Seen added) {
    seen.put(added.template(), added);
    inOrder.add(added);
    counts.add(0L);
    earlier.add(added.site(), added.number());
    return added.number();
  }

  /** Selects the templates that a profile has room for. */
  Kept kept() {
    List<Seen> ranked = ranked();
    Likeness kept = new Likeness();
    int[] numbers = new int[ranked.size()];
    List<Template> templates = new ArrayList<>();
    for (Seen it : ranked) {
      boolean room = templates.size() < MOST_KEPT;
      boolean last = !kept.byKind.containsKey(it.site().kind());
      if (room || last) {
        numbers[it.number()] = templates.size();
        kept.add(it.site(), templates.size());
        templates.add(it.template());
      } else {
        numbers[it.number()] = kept.mostSimilar(it.site()).orElseThrow();
      }
    }
    return new Kept(templates, number -> numbers[number]);
  }

  /**
   * Ranks the templates: first the most frequent of every kind, then the most frequent of every
   * site, then the second of every site, and so on. Among equals the more frequent one comes first.
   */
  private List<Seen> ranked() {
    Comparator<Seen> byCount = Comparator.comparing(it -> -counts.get(it.number()));
    List<Seen> frequent = inOrder.stream().sorted(byCount).toList();
    Map<FrameKind, Integer> inKind = new HashMap<>();
    Map<Site, Integer> inSite = new HashMap<>();
    int[] ranks = new int[inOrder.size()];
    for (Seen it : frequent) {
      boolean firstOfKind = inKind.merge(it.site().kind(), 1, Integer::sum) == 1;
      int rank = inSite.merge(it.site(), 1, Integer::sum);
      ranks[it.number()] = firstOfKind ? 0 : rank;
    }
    Comparator<Seen> byRank = Comparator.comparing(it -> ranks[it.number()]);
    return frequent.stream().sorted(byRank.thenComparing(byCount)).toList();
  }
}
