(() => {
  const { byId, element, number, percent, cell, points, table, link } = page;
  const data = JSON.parse(document.getElementById("data").textContent);
  const comparison = data.comparison;

  const hits = (part) => part.sysret + part.fast_sysret;
  const share = (part) => (part && part.exits > 0 ? hits(part) / part.exits : -1);
  const exits = (part) => (part ? part.exits : -1);

  const columns = [
    { key: "name", title: "Workload", type: "text", by: (it) => it.name.toLowerCase() },
    { key: "base-exits", title: "Exits of base", by: (it) => exits(it.base) },
    { key: "other-exits", title: "of other", by: (it) => exits(it.other) },
    { key: "base", title: "SYSRET share of base", by: (it) => share(it.base) },
    { key: "other", title: "of other", by: (it) => share(it.other) },
    { key: "points", title: "Points", by: (it) => it.sysret_share_points ?? -101 },
    ...(comparison.same_source
      ? [
          { key: "new", title: "New hits", by: (it) => it.new_hits },
          { key: "lost", title: "Lost hits", by: (it) => it.lost_hits },
        ]
      : [{ key: "noise", title: "More than noise?", type: "text", by: (it) => mark(it) }]),
  ];

  const state = { sort: "name", down: false, search: "" };

  const rows = comparison.rows.map((row, index) => ({ ...row, ...data.rows[index], index }));

  const words = (it) =>
    [it.name, ...it.moved.flatMap((moved) => moved.steps.map((step) => step.what))].join("\n").toLowerCase();

  const mark = (it) => (it.chance === null ? "n/a" : it.chance.noise ? "noise" : "a change");

  const known = (part, text) => cell(part === null ? "n/a" : text(part));

  const difference = (it) => {
    const made =
      it.sysret_share_points === null
        ? cell("n/a")
        : points([hits(it.base), it.base.exits], [hits(it.other), it.other.exits]);
    if (it.chance) {
      const ends = [it.chance.low, it.chance.high].map((end) => `${end < 0 ? "-" : "+"}${Math.abs(end).toFixed(2)}`);
      made.append(element("span", { class: "interval" }, ends.join(" to ")));
    }
    return made;
  };

  const cells = (it) => [
    known(it.base, (part) => number(part.exits)),
    known(it.other, (part) => number(part.exits)),
    known(it.base, (part) => percent(hits(part), part.exits)),
    known(it.other, (part) => percent(hits(part), part.exits)),
    difference(it),
    ...(comparison.same_source
      ? [cell(number(it.new_hits)), cell(number(it.lost_hits))]
      : [cell(mark(it), it.chance && it.chance.noise ? "text noise" : "text")]),
  ];

  const row = (it) =>
    element(
      "tr",
      { "data-workload": it.index },
      element("th", { scope: "row", class: "text" }, link(it.index, it.name)),
      ...cells(it));

  const draw = () => {
    const shown = page.sorted(rows, columns, state, (it) => it.name).filter((it) => words(it).includes(state.search));
    const workloads = byId("workloads");
    workloads.tHead.replaceChildren(element("tr", {}, ...page.heads(columns, state, draw)));
    workloads.tBodies[0].replaceChildren(...shown.map(row));
    workloads.tFoot.replaceChildren(
      ...(rows.length > 1
        ? [element("tr", {}, element("th", { scope: "row", class: "text" }, "all that both have"), ...cells(comparison.total))]
        : []));
    page.found(state, shown.length, rows.length);
  };

  // ---- One workload ----

  const piece = (from, to, kind, low, high, words) => {
    const bar = element("div", { class: "fall", role: "img", "aria-label": words, title: words });
    const drawn = element("span", { class: kind });
    const place = (at) => (100 * (at - low)) / (high - low || 1);
    drawn.style.left = `${place(Math.min(from, to))}%`;
    drawn.style.width = `${place(Math.max(from, to)) - place(Math.min(from, to))}%`;
    bar.append(drawn);
    return element("td", { class: "fallen" }, bar);
  };

  const effect = (step) => step.base / step.base_exits - step.other / step.other_exits;

  // From the base's share to the other one, a bar for each step; the axis begins below the lowest.
  const fall = (it, moved) => {
    const from = hits(it.base) / it.base.exits;
    const to = hits(it.other) / it.other.exits;
    let at = from;
    const stops = moved.steps.map((step) => [at, (at += effect(step))]);
    const ends = [from, to, ...stops.flat()];
    const low = Math.max(0, Math.min(...ends) - 0.1 * (Math.max(...ends) - Math.min(...ends)));
    const high = Math.max(...ends);
    const side = (name, part, value) =>
      element(
        "tr",
        {},
        element("th", { scope: "row", class: "text" }, name),
        piece(low, value, "share", low, high, `SYSRET share of ${name}`),
        cell(""),
        cell(""),
        cell(percent(hits(part), part.exits)));
    const lines = [
      side("base", it.base, from),
      ...moved.steps.map((step, i) =>
        element(
          "tr",
          {},
          element("th", { scope: "row", class: "text" }, step.what),
          piece(...stops[i], effect(step) > 0 ? "gain" : "loss", low, high, step.what),
          cell(number(step.base)),
          cell(number(step.other)),
          points([step.other, step.other_exits], [step.base, step.base_exits]))),
      side("other", it.other, to),
    ];
    return element(
      "div",
      {},
      element("h3", {}, `What moved, by ${moved.by}`),
      element("p", { class: "small" }, `The bars show from ${(100 * low).toFixed(1)} % to ${(100 * high).toFixed(1)} % of exits.`),
      table(moved.by, [`<${moved.by}`, "<SYSRET share", "base", "other", "points"], lines));
  };

  const transitions = (it) => {
    const changed = it.transitions.filter((one) => one.base !== one.other).sort((a, b) => b.exits - a.exits);
    if (changed.length === 0) {
      return element("p", {}, "Every exit leaves the kernel in the same way on both sides.");
    }
    const lines = changed.map((one) =>
      element(
        "tr",
        {},
        element("th", { scope: "row", class: "text" }, one.base),
        cell(one.other, "text"),
        cell(one.cause ?? "none", "text"),
        cell(number(one.exits))));
    return element(
      "div",
      {},
      element("h3", {}, "Exit by exit"),
      table("transitions", ["<in base", "<in other", "<cause", "exits"], lines));
  };

  const runs = (it) => {
    const sides = ["base", "other"].filter((side) => it.chance[side].runs.length > 1);
    if (sides.length === 0) {
      return [];
    }
    const lines = ["base", "other"].flatMap((side) =>
      it.chance[side].runs.map((run, i) =>
        element(
          "tr",
          {},
          element("th", { scope: "row", class: "text" }, it.sources[side][i]),
          cell(side, "text"),
          cell(number(run.exits)),
          cell(`${(100 * run.sysret_share).toFixed(2)}\u00a0%`))));
    const spreads = sides.map((side) => `${side} ${it.chance[side].spread_points.toFixed(2)}`).join(", ");
    return [
      element(
        "div",
        {},
        element("h3", {}, "Run by run"),
        element("p", { class: "small" }, `Points from the lowest run to the highest: ${spreads}.`),
        table("runs", ["<run", "<side", "exits", "SYSRET share"], lines)),
    ];
  };

  const details = (index) => {
    const it = rows[index];
    if (it.sysret_share_points === null) {
      page.fill(index, element("p", {}, "It has exits on one side only, and is not compared."));
      return;
    }
    page.fill(
      index,
      ...it.moved.filter((moved) => moved.steps.length > 0).map((moved) => fall(it, moved)),
      ...(it.transitions ? [transitions(it)] : []),
      ...(it.chance ? runs(it) : []));
  };

  page.search(state, draw);
  draw();
  page.sections(rows.map((it) => it.name), details);
  page.openAsked(rows.length);
})();
