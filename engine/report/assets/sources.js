// On whose word: measures with the tags of their numbers, what is not simulated, methods, definitions, downloads.

function tagOf(tag) {
  const known = `tag_${tag}` in TEXT;
  return element("span", {class: "tag" + (known ? ` tag-${tag}` : "")}, known ? t(`tag_${tag}`) : tag);
}

function placesPhrase(names) {
  const known = (name) => { const place = PLACES.find((p) => p.zh === name); return place ? named(place) : name; };
  const comma = language === 0 ? ", " : "、";
  if (names.length === PLACES.length) return t("everywhere");
  const missing = PLACES.filter((place) => !names.includes(place.zh));
  if (names.length > PLACES.length / 2 && missing.length <= 3) return t("allBut", {places: missing.map(named).join(comma)});
  return names.map(known).join(comma);
}

function measuresSection() {
  const of = state.scenario < 0 ? DATA.baseline : SCENARIOS[state.scenario], made = [];
  if (state.scenario >= 0) {
    made.push(element("p", {class: "note"}, t("measuresNote", {scenario: scenarioName(state.scenario)})));
    const rows = of.differs.map((at) => DATA.measures[at]);
    made.push(rows.length ? foldedMeasures(rows) : element("p", {}, t("nothingDiffers")));
  }
  if (DATA.work_points.length) {
    made.push(element("h3", {}, t("notSimulated")), element("p", {class: "note"}, t("notSimulatedNote", {scenario: scenarioName(state.scenario)})), pointsTable(of));
  }
  made.push(element("p", {}, t("limits")));
  return made;
}

/// How many values have which tag; a long table is folded under it.
function foldedMeasures(rows) {
  const tags = ["text", "data", "literature", "computed", "assumption"].map((tag) => [tag, rows.filter((row) => row.tag === tag).length]).filter(([, count]) => count > 0);
  return element("details", {open: rows.length <= 12 ? "" : null}, element("summary", {}, counted("differing", rows.length), " ", ...tags.flatMap(([tag, count]) => [" ", tagOf(tag), ` ${count} `])), measuresTable(rows));
}

/// "value 0 year, start 2021.5": the parts of a change that the scenario itself states.
function changeText(row) {
  const texts = row.parts.map(partText);
  if (row.enabled === false && !row.parts.some(([name]) => name === "enabled")) texts.push(t("off"));
  return texts.join([", ", "，"][language]) || t("notInScenario");
}
function partText([name, before, value, unit]) {
  if (name === "enabled") return t(value === "0" ? "off" : "on");
  const [key, ...time] = name.split(".");
  const what = `part_${key}` in TEXT ? t(`part_${key}`, {time: time.join(".")}) : name;
  return `${what} ${before === null ? "" : `${before} → `}${withUnitName(value, unit)}`.trim();
}

function measuresTable(rows) {
  const head = ["measure", "change", "where", "tag", "source"].map((key) => element("th", {scope: "col"}, t(key)));
  return element("div", {class: "scroll"}, element("table", {id: "measures-table", class: "records"}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...rows.map((row) => element("tr", {},
    element("th", {scope: "row"}, row.title ? `${row.number ? row.number + ". " : ""}${named({...row.title, id: row.what})}` : row.what, row.lever ? element("div", {class: "note"}, named(row.lever)) : null),
    element("td", {"data-label": t("change")}, changeText(row)), element("td", {"data-label": t("where")}, row.places ? placesPhrase(row.places) : ""),
    element("td", {}, tagOf(row.tag)), element("td", {lang: "en", "data-label": t("source")}, row.source))))));
}

/// The recorded ones first: nobody should take for simulated what is only named.
function pointsTable(of) {
  const order = ["recorded", "optional", "fidelity", "assumed", "simulated"];
  const points = [...DATA.work_points].sort((a, b) => order.indexOf(a.treatment) - order.indexOf(b.treatment) || a.number - b.number);
  const head = ["measure", "treatment", "inScenario", "effect"].map((key) => element("th", {scope: "col"}, t(key)));
  return element("div", {class: "scroll"}, element("table", {class: "records"}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...points.map((point) => element("tr", {},
    element("th", {scope: "row"}, `${point.number}. ${named(point)}`), element("td", {"data-label": t("treatment")}, t(`treatment_${point.treatment}`)),
    element("td", {"data-label": t("inScenario")}, of.numbers.includes(point.number) ? t("yes") : t("no")), element("td", {"data-label": t("effect")}, named(point.effect)))))));
}

function methodsSection() {
  const cells = (row) => row.map((cell) => element("td", {}, cell));
  const table = (heads, rows) => element("div", {class: "scroll"}, element("table", {lang: "en"}, element("thead", {}, element("tr", {}, ...heads.map((h) => element("th", {scope: "col"}, h)))),
    element("tbody", {}, ...rows.map((row) => element("tr", {}, ...cells(row))))));
  const made = ["method1", "method2", "method3", "method4"].map((key) => element("p", {}, t(key)));
  if (DATA.notes.length) made.push(element("h3", {}, t("notes")), element("ul", {lang: "en"}, ...DATA.notes.map((note) => element("li", {}, note))));
  const shown = BLOCKS.province.indicators.map((name) => INDICATORS[name]);
  made.push(element("details", {}, element("summary", {}, t("definitions", {count: shown.length})),
    table([t("indicator"), t("unit"), t("definition")], shown.map((i) => [`${named(i)} (${i.name})`, i.unit, i.definition]))));
  made.push(element("details", {}, element("summary", {}, t("parameters", {count: DATA.parameters.length})),
    table([t("parameter"), t("value"), t("unit"), t("tag"), t("source")], DATA.parameters.map(([key, value, unit, tag, source]) => [key, String(value), unit, tagOf(tag), source]))));
  made.push(element("details", {}, element("summary", {}, t("inputs", {count: DATA.inputs.length})), table([t("file"), "SHA-256"], DATA.inputs)));
  return made;
}

function downloadsSection() {
  const of = (key, block, indicators) => BLOCKS[block] ? [key, () => download(key.replace("download_", ""), blockRows(block, indicators))] : null;
  const buttons = [["download_indicator", () => downloadIndicator()], of("download_province", "province"), of("download_places", "places"), of("download_flows", "flows"),
                   of("download_ages", "ages"), of("download_routes", "routes"), of("download_costs", "costs")].filter(Boolean);
  return [element("p", {class: "note"}, t("downloadsNote")), element("ul", {class: "downloads"}, ...buttons.map(([key, run]) =>
    element("li", {}, element("button", {type: "button", id: key, onclick: run}, t("csv")), " ", t(key))))];
}

/// All numbers of a block, or of some of its indicators, as rows of CSV; the columns are those of `luohu compare`.
function blockRows(name, indicators) {
  const block = BLOCKS[name];
  const axes = block.by.map((axis) => DATA.axes[axis]);
  const coded = (axis) => ["place", "origin", "destination"].includes(axis);
  const head = ["scenario", "indicator", "unit", "year", ...(block.by.includes("place") ? [] : ["place", "place_name"]), ...block.by.flatMap((axis) => coded(axis) ? [axis, axis + "_name"] : [axis]),
                "baseline", "scenario_value", "difference", "low", "high", "confidence", "verdict"];
  const rows = [head];
  const digits = (value) => Number.isFinite(value) ? String(Number(value.toPrecision(7))) : "";
  for (const s of SCENARIOS.length ? SCENARIOS.keys() : [-1]) {
    for (const indicator of indicators ?? block.indicators) {
      for (const year of block.years) {
        for (let cell = 0; cell < block.cells; ++cell) {
          let rest = cell;
          const at = axes.map((axis) => axis.length).reverse().map((size) => { const row = rest % size; rest = Math.floor(rest / size); return row; }).reverse();
          const cells = block.by.flatMap((axis, a) => { const row = axes[a][at[a]]; return coded(axis) ? [row.id, row.zh || row.en] : [row.id]; });
          const of = block.at(s, indicator, year, cell);
          rows.push([s < 0 ? DATA.baseline.id : SCENARIOS[s].id, indicator, INDICATORS[indicator].unit, year, ...(block.by.includes("place") ? [] : ["all", ""]), ...cells, digits(of.baseline),
                     ...(s < 0 ? ["", "", "", "", "", ""] : [digits(of.level), digits(of.difference), digits(of.low), digits(of.high), DATA.confidence, of.verdict])]);
        }
      }
    }
  }
  return rows;
}
function downloadIndicator() {
  const indicator = state.indicator, rows = blockRows("province", [indicator]);
  if (isByPlace(indicator)) rows.push(...blockRows("places", [indicator]).slice(1));
  download(indicator, rows);
}

/// A text that a spreadsheet would take for a formula gets a quotation mark in front.
function csvField(value) {
  let text = String(value);
  if (/^[=+@\t\r]/.test(text) || (/^-/.test(text) && Number.isNaN(Number(text)))) text = "'" + text;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
function download(name, rows) {
  const text = "\ufeff" + rows.map((row) => row.map(csvField).join(",")).join("\r\n") + "\r\n";
  const address = URL.createObjectURL(new Blob([text], {type: "text/csv;charset=utf-8"}));
  const link = element("a", {href: address, download: `luohu-${name}.csv`});
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
