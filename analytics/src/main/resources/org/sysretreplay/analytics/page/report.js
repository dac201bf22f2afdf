(() => {
  const { byId, element, number, percent, cell, table, link } = page;
  const data = JSON.parse(document.getElementById("data").textContent);

  // A tally is an array: these are its places.
  const EXITS = 0, SYSRET = 1, MISS = 2, ROUTE = 3, FAST = 4, ERETU = 5, REASONS = 6, CAUSES = 7;

  const hits = (tally) => tally[SYSRET] + tally[FAST];
  const checked = (tally) => tally[SYSRET] + tally[MISS];

  // So many digits that tell something, and no exponent.
  const rounded = (value, digits) =>
    Number(value.toPrecision(digits)).toLocaleString("en-US", { maximumSignificantDigits: digits });

  const time = (nanos) => {
    if (nanos === null) {
      return "n/a";
    }
    if (nanos === 0) {
      return "0\u00a0ns";
    }
    const size = Math.abs(nanos);
    const units = [[1e9, "s"], [1e6, "ms"], [1e3, "µs"], [0, "ns"]];
    const [unit, symbol] = units.find(([least]) => size >= least);
    return `${rounded(nanos / (unit || 1), 3)}\u00a0${symbol}`;
  };

  const perExit = (nanos, tally) => (nanos === null || tally[EXITS] === 0 ? null : nanos / tally[EXITS]);
  const perSecond = (nanos, workload) => (nanos === null || !(workload.nanos > 0) ? null : (nanos / workload.nanos) * 1e9);

  const most = (counts) => Object.entries(counts).reduce((best, it) => (best && best[1] >= it[1] ? best : it), null);
  const main = (counts, names) => {
    const top = most(counts);
    return top === null ? "" : names[top[0]];
  };

  const sum = (tallies) => {
    const total = [0, 0, 0, 0, 0, 0, {}, {}];
    for (const tally of tallies) {
      for (let i = EXITS; i <= ERETU; i++) {
        total[i] += tally[i];
      }
      for (const i of [REASONS, CAUSES]) {
        for (const [name, count] of Object.entries(tally[i])) {
          total[i][name] = (total[i][name] || 0) + count;
        }
      }
    }
    return total;
  };

  // How exits returned, each way and each reason with its colour.
  const ways = [
    { name: "SYSRET", colour: "var(--sysret)", of: (it) => it[SYSRET] },
    { name: "FAST_SYSRET", colour: "var(--fast)", of: (it) => it[FAST] },
    ...data.reasons.map((name, i) => ({ name, colour: `var(--miss-${i % 10})`, of: (it) => it[REASONS][i] || 0 })),
    { name: "IRET_ROUTE", colour: "var(--route)", of: (it) => it[ROUTE] },
    { name: "ERETU", colour: "var(--eretu)", of: (it) => it[ERETU] },
  ];

  const bar = (tally) => {
    const parts = ways.filter((it) => it.of(tally) > 0);
    const words = parts.map((it) => `${it.name} ${percent(it.of(tally), tally[EXITS])}`).join(", ");
    const drawn = element("div", { class: "bar", role: "img", "aria-label": words || "no exits", title: words });
    for (const part of parts) {
      const piece = element("span");
      piece.style.width = `${(100 * part.of(tally)) / tally[EXITS]}%`;
      piece.style.background = part.colour;
      drawn.append(piece);
    }
    return drawn;
  };

  // ---- The table of workloads ----

  const share = (it) => (it.tally[EXITS] === 0 ? -1 : hits(it.tally) / it.tally[EXITS]);
  const rate = (it) => (checked(it.tally) === 0 ? -1 : it.tally[SYSRET] / checked(it.tally));
  const columns = [
    { key: "name", title: "Workload", type: "text", by: (it) => it.workload.name.toLowerCase() },
    { key: "exits", title: "Exits", by: (it) => it.tally[EXITS] },
    { key: "share", title: "SYSRET share", by: share },
    { key: "rate", title: "Hit rate", by: rate },
    { key: "bar", title: "How they returned", type: "text bars" },
    { key: "misses", title: "Misses", by: (it) => it.tally[MISS] },
    { key: "reason", title: "Main reason", type: "text rare", by: (it) => main(it.tally[REASONS], data.reasons) },
    { key: "cause", title: "Main cause", type: "text", by: (it) => main(it.tally[CAUSES], data.causes) },
    { key: "missed", title: "Missed / exit", type: "rare", by: (it) => perExit(it.missed, it.tally) ?? -1 },
    { key: "second", title: "Missed / s", type: "rare", by: (it) => perSecond(it.missed, it.workload) ?? -1 },
  ];

  const state = { view: 0, sort: "misses", down: true, search: "" };

  const rows = () =>
    data.workloads.map((workload, index) => ({ workload, index, ...workload.views[state.view] }));

  const words = (it) =>
    [
      it.workload.name,
      ...Object.keys(it.tally[REASONS]).map((i) => data.reasons[i]),
      ...Object.keys(it.tally[CAUSES]).map((i) => data.causes[i]),
    ]
      .join("\n")
      .toLowerCase();

  const sorted = (all) => page.sorted(all, columns, state, (it) => it.workload.name);

  const cells = (it) => {
    const { tally } = it;
    const shareCell = cell(percent(hits(tally), tally[EXITS]));
    if (it.interval) {
      const [low, high] = it.interval.map((end) => (100 * end).toFixed(1));
      shareCell.append(element("span", { class: "interval" }, `${low} – ${high}`));
    }
    return [
      cell(number(tally[EXITS])),
      shareCell,
      cell(percent(tally[SYSRET], checked(tally))),
      element("td", { class: "bars" }, bar(tally)),
      cell(number(tally[MISS])),
      cell(main(tally[REASONS], data.reasons), "text rare"),
      cell(main(tally[CAUSES], data.causes), "text"),
      cell(time(perExit(it.missed, tally)), "rare"),
      cell(it.workload ? time(perSecond(it.missed, it.workload)) : "", "rare"),
    ];
  };

  const row = (it) => {
    const name = element("th", { scope: "row", class: "text" }, link(it.index, it.workload.name));
    if (it.odd) {
      name.append(element("span", { class: "badge" }, "odd"));
    }
    return element("tr", { "data-workload": it.index }, name, ...cells(it));
  };

  const drawWorkloads = () => {
    const table = byId("workloads");
    const all = rows();
    const shown = sorted(all).filter((it) => words(it).includes(state.search));
    table.tHead.replaceChildren(element("tr", {}, ...page.heads(columns, state, drawWorkloads)));
    table.tBodies[0].replaceChildren(...shown.map(row));
    const total = { tally: sum(shown.map((it) => it.tally)) };
    const known = shown.every((it) => it.missed !== null);
    total.missed = known ? shown.reduce((so, it) => so + it.missed, 0) : null;
    const label = shown.length === all.length ? "all" : `the ${shown.length} found`;
    table.tFoot.replaceChildren(
      ...(all.length > 1
        ? [element("tr", {}, element("th", { scope: "row", class: "text" }, label), ...cells(total))]
        : []));
    page.found(state, shown.length, all.length);
    byId("odd").hidden = !all.some((it) => it.odd);
    byId("colours").replaceChildren(
      ...ways
        .filter((it) => all.some((one) => it.of(one.tally) > 0) || data.workloads.some((one) => one.tallies.some((tally) => it.of(tally) > 0)))
        .map((it) => {
          const swatch = element("span", { class: "swatch" });
          swatch.style.background = it.colour;
          return element("li", {}, swatch, it.name);
        }));
  };

  // ---- One workload ----

  const line = (label, tally, ...more) =>
    element(
      "tr",
      {},
      element("th", { scope: "row", class: "text" }, label),
      cell(number(tally[EXITS])),
      cell(percent(hits(tally), tally[EXITS])),
      cell(percent(tally[SYSRET], checked(tally))),
      cell(number(tally[MISS])),
      ...more);

  const points = (from, to) => page.points([hits(from), from[EXITS]], [hits(to), to[EXITS]]);

  const models = (workload, view) => {
    const lines = data.models.map((model, i) => {
      const tally = workload.tallies[workload.models[i]];
      const label = element("span", {}, element("code", {}, model.id), element("span", { class: "interval" }, model.kernels));
      // Under FRED there is no SYSRET to gain or to lose.
      const other = tally[ERETU] > 0 !== view.tally[ERETU] > 0;
      return line(label, tally, other ? cell("n/a") : points(view.tally, tally), element("td", { class: "bars" }, bar(tally)));
    });
    return element(
      "div",
      {},
      element("h3", {}, "What other kernels would do"),
      element("p", { class: "small" }, `Points: the SYSRET share against ${data.views[state.view]}.`),
      table("models", ["<model", "exits", "SYSRET share", "hit rate", "misses", "points", "<how they returned"], lines));
  };

  const counted = (title, names, counts, all) => {
    const lines = Object.entries(counts)
      .sort((a, b) => b[1] - a[1])
      .map(([i, count]) =>
        element(
          "tr",
          {},
          element("th", { scope: "row", class: "text" }, names[i]),
          cell(number(count)),
          cell(percent(count, all))));
    return element("div", {}, element("h3", {}, title), table(title, [`<${title}`, "misses", `of ${number(all)}`], lines));
  };

  const group = (title, part) => {
    const bars = (tally) => [
      cell(main(tally[CAUSES], data.causes), "text"),
      element("td", { class: "bars" }, bar(tally)),
    ];
    const lines = part.rows.map(([label, tally]) => line(label, tally, ...bars(tally)));
    if (part.more > 0) {
      lines.push(line(`${number(part.more)} more`, part.rest, ...bars(part.rest)));
    }
    return element(
      "div",
      {},
      element("h3", {}, `By ${title}`),
      table(title, [`<${title}`, "exits", "SYSRET share", "hit rate", "misses", "<main cause", "<how they returned"], lines));
  };

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  // Windows without an exit, where there are some between others: the first and the last of them.
  const withGaps = (times) => {
    const points = [];
    times.at.forEach((at, i) => {
      const before = i === 0 ? at - 1 : times.at[i - 1];
      if (at - before > 1) {
        points.push([before + 1, 0, null]);
      }
      if (at - before > 2) {
        points.push([at - 1, 0, null]);
      }
      points.push([at, times.exits[i], (100 * times.hits[i]) / times.exits[i]]);
    });
    return points;
  };

  const plot = (times, into) => {
    const points = withGaps(times);
    const axis = { stroke: () => colour("--soft"), grid: { stroke: () => colour("--line") } };
    const size = () => ({ width: Math.max(280, Math.min(760, into.clientWidth)), height: 220 });
    const drawn = new uPlot(
      {
        ...size(),
        scales: { x: { time: false }, share: { range: [0, 100] }, exits: { range: (plot, low, high) => [0, high || 1] } },
        axes: [
          { ...axis, label: "seconds from its first exit" },
          { ...axis, scale: "share", label: "SYSRET share in %" },
          { ...axis, scale: "exits", side: 1, grid: { show: false }, label: "exits", size: 60 },
        ],
        series: [
          { label: "seconds", value: (plot, it) => (it === null ? "" : rounded(it, 4)) },
          // First, since its area would cover what is drawn before it.
          { label: "exits", scale: "exits", stroke: () => colour("--route"), fill: () => colour("--band"), width: 1,
            value: (plot, it) => (it === null ? "" : number(it)) },
          { label: "SYSRET share in %", scale: "share", stroke: () => colour("--sysret"), width: 2,
            value: (plot, it) => (it === null ? "" : it.toFixed(1)) },
        ],
      },
      [points.map(([at]) => (at * times.width) / 1e9), points.map((it) => it[1]), points.map((it) => it[2])],
      into);
    new ResizeObserver(() => drawn.setSize(size())).observe(into);
  };

  const overTime = (workload) => {
    const times = workload.time && workload.time[state.view];
    if (!times || times.at.length < 2) {
      return [];
    }
    const drawn = element("div", { class: "plot", role: "img", "aria-label": "SYSRET share and exits over time; the table below has the numbers" });
    const lines = times.at.map((at, i) =>
      element(
        "tr",
        {},
        element("th", { scope: "row" }, rounded((at * times.width) / 1e9, 4)),
        cell(number(times.exits[i])),
        cell(percent(times.hits[i], times.exits[i]))));
    // It is as wide as it has room, which is known when it is in the page.
    requestAnimationFrame(() => plot(times, drawn));
    return [
      element(
        "div",
        {},
        element("h3", {}, "Over time"),
        element("p", { class: "small" }, `Windows of ${time(times.width)}. Draw over a part to see it larger; a double click shows all again.`),
        drawn,
        element("details", {}, element("summary", {}, "The numbers"), table("time", ["s", "exits", "SYSRET share"], lines))),
    ];
  };

  const sites = (workload) => {
    const { rows, found, misses, uncounted } = workload.sites || { rows: [] };
    if (rows.length === 0) {
      return [];
    }
    const lines = rows.map(([count, share, cause, place, file]) =>
      element(
        "tr",
        {},
        cell(count),
        cell(share.replace(" ", "\u00a0")),
        cell(cause, "text"),
        cell(place),
        element("td", { class: "text file" }, file)));
    const rest = uncounted > 0
      ? ` There are more than are counted at a time: ${number(uncounted)} of ${number(misses)} misses are in no count.`
      : "";
    return [
      element(
        "div",
        {},
        element("h3", {}, "Where misses return to"),
        element("p", { class: "small" }, `The first ${number(rows.length)} of ${number(found)} places, under ${data.sitesBy}.${rest}`),
        table("sites", ["misses", "of all", "<main cause", "place", "<file"], lines)),
    ];
  };

  const commands = (index, view) => {
    const tops = Object.entries(view.tally[CAUSES]).sort((a, b) => b[1] - a[1]).slice(0, 3);
    if (!data.frames || tops.length === 0) {
      return [];
    }
    return [
      element(
        "div",
        {},
        element("h3", {}, "Look at the frames themselves"),
        element("p", { class: "small" }, "Each line that these print says how to have the frame explained."),
        ...tops.map(([cause]) =>
          element("pre", {}, element("code", {}, `${data.frames[state.view]}${data.workloads[index].chosen} ${data.causeOptions[cause]} --limit 5`)))),
    ];
  };

  const draw = (index) => {
    const workload = data.workloads[index];
    const view = workload.views[state.view];
    const counts = element("div", { class: "counts" });
    const parts = element("div", { class: "parts" });
    const misses = view.tally[MISS];
    if (misses > 0) {
      counts.append(
        counted("first failing check", data.reasons, view.tally[REASONS], misses),
        counted("cause", data.causes, view.tally[CAUSES], misses));
    }
    data.groups.forEach((title, i) => parts.append(group(title, workload.groups[i][state.view])));
    page.fill(index, models(workload, view), ...overTime(workload), counts, parts, ...sites(workload), ...commands(index, view));
  };

  const redraw = () => {
    drawWorkloads();
    document.querySelectorAll("details.workload[open]").forEach((it) => draw(Number(it.id.split("-")[1])));
  };

  data.views.forEach((view, i) => byId("model").append(element("option", { value: i }, view)));
  byId("model").addEventListener("change", (event) => {
    state.view = Number(event.target.value);
    redraw();
  });
  page.search(state, drawWorkloads);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  drawWorkloads();
  page.sections(data.workloads.map((it) => it.name), draw);
  page.openAsked(data.workloads.length);
})();
