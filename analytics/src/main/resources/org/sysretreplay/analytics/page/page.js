"use strict";

// What the pages of reports and of comparisons have in common.
const page = (() => {
  const byId = (id) => document.getElementById(id);

  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  };

  const number = (value) => value.toLocaleString("en-US");

  // As everywhere in sysret-replay: only none is 0.0 %, and only all is 100.0 %.
  const percent = (some, all) => {
    if (all === 0) {
      return "n/a";
    }
    const tenths = Number((2000n * BigInt(some) + BigInt(all)) / (2n * BigInt(all)));
    if (some > 0 && tenths === 0) {
      return "<\u00a00.1\u00a0%";
    }
    if (some < all && tenths === 1000) {
      return ">\u00a099.9\u00a0%";
    }
    return `${Math.floor(tenths / 10)}.${tenths % 10}\u00a0%`;
  };

  const cell = (text, type) => element("td", type ? { class: type } : {}, text);

  // The difference of two shares as they are printed, and a sign where they print alike.
  const points = ([from, ofFrom], [to, ofTo]) => {
    if (ofFrom === 0 || ofTo === 0) {
      return cell("n/a");
    }
    const tenth = (some, all) => Number((2000n * BigInt(some) + BigInt(all)) / (2n * BigInt(all)));
    const tenths = tenth(to, ofTo) - tenth(from, ofFrom);
    if (tenths === 0) {
      const exact = BigInt(to) * BigInt(ofFrom) - BigInt(from) * BigInt(ofTo);
      return cell(exact === 0n ? "0.0" : exact > 0n ? "< +0.1" : "> -0.1");
    }
    return cell(`${tenths > 0 ? "+" : "-"}${(Math.abs(tenths) / 10).toFixed(1)}`, tenths > 0 ? "up" : "down");
  };

  const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

  // Rows by the column that a reader chose, and those that are equal there by their names.
  const sorted = (all, columns, state, name) => {
    const { by } = columns.find((it) => it.key === state.sort);
    return [...all].sort((a, b) => (state.down ? -1 : 1) * order(by(a), by(b)) || order(name(a), name(b)));
  };

  // Heads that sort a table, which is drawn anew.
  const heads = (columns, state, draw) =>
    columns.map((column) => {
      const head = element("th", { scope: "col", class: column.type || "" });
      if (!column.by) {
        head.append(column.title);
        return head;
      }
      const button = element("button", { type: "button", "data-sort": column.key }, column.title);
      button.addEventListener("click", () => {
        state.down = state.sort === column.key ? !state.down : column.type !== "text";
        state.sort = column.key;
        draw();
        document.querySelector(`[data-sort=${column.key}]`).focus();
      });
      if (state.sort === column.key) {
        head.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      }
      head.append(button);
      return head;
    });

  // A head that begins with < stands to the left.
  const table = (id, heads, lines) =>
    element(
      "div",
      { class: "wide", tabindex: "0", role: "region", "aria-label": id },
      element(
        "table",
        { "data-table": id },
        element(
          "thead",
          {},
          element("tr", {}, ...heads.map((it) => element("th", { scope: "col", class: it.startsWith("<") ? "text" : "" }, it.replace("<", ""))))),
        element("tbody", {}, ...lines)));

  const open = (index) => {
    byId(`workload-${index}`).open = true;
  };

  // A name that leads to its section.
  const link = (index, name) => {
    const made = element("a", { href: `#workload-${index}` }, name);
    made.addEventListener("click", () => open(index));
    return made;
  };

  // A section for each workload, drawn when it is opened.
  const sections = (names, draw) => {
    byId("details").replaceChildren(
      ...names.map((name, index) => {
        const details = element(
          "details",
          { class: "workload", id: `workload-${index}` },
          element("summary", {}, name),
          element("div", { class: "content" }));
        details.addEventListener("toggle", () => details.open && draw(index));
        return details;
      }));
  };

  const fill = (index, ...content) =>
    byId(`workload-${index}`).querySelector(".content").replaceChildren(...content);

  // What the address asks for; the only one where there is one.
  const openAsked = (count) => {
    const asked = location.hash.match(/^#workload-(\d+)$/);
    if (asked && byId(asked[0].slice(1))) {
      open(Number(asked[1]));
      byId(asked[0].slice(1)).scrollIntoView();
    } else if (count === 1) {
      open(0);
    }
  };

  const search = (state, draw) =>
    byId("search").addEventListener("input", (event) => {
      state.search = event.target.value.trim().toLowerCase();
      draw();
    });

  const found = (state, shown, all) => {
    byId("found").textContent = state.search
      ? `${shown} of ${all} ${all === 1 ? "workload" : "workloads"}`
      : "";
  };

  return { byId, element, number, percent, cell, points, sorted, heads, table, link, sections, fill, openAsked, search, found };
})();
