#!/usr/bin/env python3
"""The page of `luohu report` in a real browser: Chromium, driven by Debian's selenium.

    python3 read_page.py LUOHU RESULTS.h5 FOLDER HUNAN SAMPLE.h5 EXPECTED.h5

RESULTS.h5: Hunan, two scenarios, two replicates; FOLDER: scratch; HUNAN: the folder of its scenarios; SAMPLE.h5: a file with few
variables; EXPECTED.h5: of `--expectation`. The page must say what `luohu compare` says, obey every control, ask for nothing from anywhere, leave no
word of its texts open, and run nothing that a scenario's title says.
"""

import base64
import csv
import json
import re
import shutil
import subprocess
import sys
import time

from selenium.webdriver.common.keys import Keys

sys.dont_write_bytecode = True  # nothing beside the sources
from page_driver import EXPECTED, FOLDER, HUNAN, RESULTS, SAMPLE, Page, browser, luohu, report

# What a unit on the page stands for, in both languages.
UNITS = {"million": 1e6, "thousand": 1e3, "persons": 1, "billion yuan": 1e9, "million yuan": 1e6, "thousand yuan": 1e3,
         "yuan": 1, "亿人": 1e8, "万人": 1e4, "人": 1, "亿元": 1e8, "万元": 1e4, "元": 1, "%": 1, "points": 1, "个百分点": 1, "": 1}


def factor_of(unit):
    return UNITS[re.sub(r" ?(a year|/年)$", "", unit)]


def check_shown(shown, unit, wanted, what):
    """A rounded number on the page is the unrounded one within half of its last digit, and a hair of float32."""
    plain = shown.strip("●○=~ ").replace("−", "-").replace(",", "").replace("+", "")
    decimals = len(plain.partition(".")[2])
    near = (0.5 * 10**-decimals + 1e-9) * factor_of(unit) + 2e-7 * abs(wanted)
    assert abs(float(plain) * factor_of(unit) - wanted) <= near, f"{what}: the page says {shown} {unit}, compare {wanted}"


def compared(results, *arguments):
    return json.loads(luohu("compare", results, "--format", "json", *arguments))


def the_row(comparison, **wanted):
    found = [row for row in comparison["results"] if all(row[key] == value for key, value in wanted.items())]
    assert len(found) == 1, f"{len(found)} rows of compare have {wanted}"
    return found[0]


def check_table_row(cells, row, what):
    _, baseline, level, unit, difference, interval, difference_unit = cells[:7]
    check_shown(baseline, unit, row["baseline"], what)
    check_shown(level, unit, row["scenario_value"], what)
    check_shown(difference, difference_unit, row["difference"], what)
    low, high = interval.split(", ")
    check_shown(low, difference_unit, row["low"], what)
    check_shown(high, difference_unit, row["high"], what)
    sign = {"differs": "●", "noise": "○", "identical": "="}[row["verdict"]]
    assert difference.startswith(sign), f"{what}: {difference} is marked otherwise than '{row['verdict']}'"


def numbers_equal_compares(driver, path):
    by_place = compared(RESULTS, "--by", "place", "--year", "all")
    codes = sorted({row["place"] for row in by_place["results"]} - {"all"})
    with Page(driver, path) as page:
        for indicator in ["registered_urbanisation", "residents", "settled", "fiscal_cost", "unmet_seats"]:
            page.choose("indicator", indicator)
            for year in [2035, 2027]:
                page.run(f"choose({{year: {year}}})")
                row = the_row(by_place, indicator=indicator, year=year, place="all")
                check_table_row(page.cells("headline", indicator), row, f"{indicator} {year}")
                for p, code in enumerate(codes):
                    row = the_row(by_place, indicator=indicator, year=year, place=code)
                    check_table_row(page.cells("places", p), row, f"{indicator} {year} {code}")
        # The sentence says the same: "... 57.42%: 0.658 points higher than ... (95% interval +0.648 to +0.667 points)."
        page.run("choose({indicator: 'registered_urbanisation', year: 2035, place: -1})")
        row = the_row(by_place, indicator="registered_urbanisation", year=2035, place="all")
        said = re.search(r", ([\d.]+)%: ([\d.]+) points (higher|lower) .*interval (\S+) to (\S+) points", page.text(".sentence"))
        assert said, page.text(".sentence")
        assert said[3] == ("higher" if row["difference"] > 0 else "lower")
        for shown, unit, wanted in [(said[1], "%", row["scenario_value"]), (said[2], "points", abs(row["difference"])),
                                    (said[4], "points", row["low"]), (said[5], "points", row["high"])]:
            check_shown(shown, unit, wanted, "the sentence")


def controls_work(driver, path):
    by_place = compared(RESULTS, "--by", "place", "--year", "all")
    with Page(driver, path) as page:
        english = page.text("h1")
        page.find("#language").click()
        assert page.text("h1") != english and page.find("html").get_attribute("lang") == "zh-CN"
        assert "常住人口" in page.text("#headline-table")
        check_table_row(page.cells("headline", "residents"), the_row(by_place, indicator="residents", year=2035, place="all"), "in Chinese")
        page.find("#language").click()
        assert page.text("h1") == english

        # The year by keyboard, from the last one back.
        page.find("#year").send_keys(Keys.ARROW_LEFT, Keys.ARROW_LEFT)
        assert page.text("#year-shown") == "2033"
        check_table_row(page.cells("headline", "settled"), the_row(by_place, indicator="settled", year=2033, place="all"), "the year moved")

        page.choose("place", 3)
        code = sorted({row["place"] for row in by_place["results"]} - {"all"})[3]
        row = the_row(by_place, indicator="settled", year=2033, place=code)
        check_table_row(page.cells("headline", "settled"), row, "a place chosen")

        # A place on the map by keyboard, and back; the focus stays where it was.
        region = page.find("#maps .region[data-place='0']")
        page.run("document.querySelector(\"#maps .region[data-place='0']\").focus()")
        region.send_keys(Keys.ENTER)
        assert page.find("#place").get_attribute("value") == "0"
        assert page.run("return document.activeElement.dataset.place") == "0"
        assert page.find("#maps .region[data-place='0']").get_attribute("aria-pressed") == "true"

        page.choose("indicator", "median_age")
        assert "alone" in page.text("#maps-content"), "an indicator without places shows a map"
        page.choose("indicator", "settled")
        before = page.text("#flows-content .note")
        page.click(page.all("#flows .tools button")[1])
        assert page.text("#flows-content .note") != before
        # The address holds the choice.
        address = page.run("return location.hash")
    with Page(driver, path, address) as page:
        assert page.text("#year-shown") == "2033" and page.find("#indicator").get_attribute("value") == "settled"
        assert page.find("#place").get_attribute("value") == "0"
    with Page(driver, path, "#lang=zh&scenario=<img>&indicator=__proto__&year=1e3&place=constructor") as page:
        assert page.find("#place").get_attribute("value") == "-1" and page.text("#year-shown") == "2035"


def first_year_is_marked(driver, path):
    """Flows of the base year do not exist: those of the year after stand there with a mark, and what is no flow without."""
    comparison = compared(RESULTS, "--year", "all")
    for language, note in [("en", "* in 2021, the first simulated year"), ("zh", "* 为首个模拟年 2021 年的数值")]:
        with Page(driver, path, f"#lang={language}&indicator=settled&year=2021") as page:
            assert "*" not in page.text("#answer-content")
            page.run("choose({year: 2020})")
            for indicator, year in [("settled", 2021), ("moves", 2021), ("residents", 2020), ("urbanisation", 2020)]:
                cells = page.cells("headline", indicator)
                assert cells[0].endswith("*") == (year == 2021), f"{indicator} in 2020: {cells[0]}"
                check_table_row(cells, the_row(comparison, indicator=indicator, year=year, place="all"), f"{indicator} in 2020")
            assert note in page.text("#answer-content")
            # Nobody differs in the base year: a difference of 0 has the colour of neither sign.
            coloured = page.run("return [...document.querySelectorAll(\"#headline-table tr[data-row='residents'] circle\")].map((c) => c.getAttribute('stroke'))")
            assert coloured and not set(coloured) & {"#2166ac", "#b35806"}, coloured


# Words in a drawing that are cut short, and whether pointing at them says them whole.
CUT = """
return [...document.querySelectorAll("svg text")].map((e) => [e.closest("section").id, [...e.childNodes].filter((n) => n.nodeName !== "title").map((n) => n.textContent).join(" "),
  e.querySelector("title")?.textContent ?? null]).filter(([, shown]) => shown.includes("…"));
"""
# Ticks of drawings over years that reach into the plot, where its lines are.
STRUCK = """
return [...document.querySelectorAll("#series .panels svg, #services .panels svg")].flatMap((s) => { const plot = s.querySelector("line").getBoundingClientRect().left;
  return [...s.querySelectorAll(".tick")].filter((e) => e.getBoundingClientRect().right > plot).map((e) => e.textContent); });
"""


def labels_are_readable(driver, path):
    for width in [1280, 500]:
        driver.set_window_size(width, 1000)
        for language in ["en", "zh"]:
            with Page(driver, path, f"#lang={language}&indicator=residents") as page:
                assert len(page.all("#series .tick")) > 4
                for cut, what in [(page.run(STRUCK), "in the plot"), (page.run(CUT) if width > 500 else [], "cut short"), ([c for c in page.run(CUT) if c[2] is None], "cut and not told whole")]:
                    assert not cut, f"{what} ({language}, {width} wide): {cut}"
    driver.set_window_size(1280, 1000)


def changes_are_said(driver):
    """Every kind of change in the words of the page's language; the English are those of compare."""
    extra = FOLDER / "parts.toml"
    extra.write_text(f'''id = "parts"
extends = {json.dumps(str(HUNAN / "full.toml"))}
title = {{ zh = "各种改变", en = "All kinds of change" }}
[parameters.migration]
push_exponent = {{ value = 0.61, source = {{ tag = "assumption", note = "a test" }} }}
[[measure]]
id = "steps"
title = {{ zh = "分步", en = "In steps" }}
lever = "registration.required_residence_years"
place = "长沙市"
schedule = {{ 2022 = 1, "2024.5" = 0 }}
source = {{ tag = "assumption", note = "a test" }}
[[measure]]
id = "late"
title = {{ zh = "迟到", en = "Late" }}
lever = "registration.application_factor"
place = "湘潭市"
start = 2022
add = 0.01
lag = 2
source = {{ tag = "assumption", note = "a test" }}
''', encoding="utf-8")
    results = FOLDER / "parts.h5"
    luohu("run", HUNAN / "baseline.toml", extra, "--scale", "1:50000", "--replicates", "2", "--force", "-o", results)
    said = {value["what"]: value["change"] for value in compared(results)["scenarios"][0]["differs"]}
    assert len(said) > 40 and any("schedule" in change for change in said.values()) and any("->" in change for change in said.values())
    cells = "return [...document.querySelectorAll('#measures-table tbody tr')].map((row) => row.children[1].textContent)"
    with Page(driver, report("parts.html", results)) as page:
        wanted = [re.sub(r"schedule\.([\d.]+)", r"from \1", change).replace("->", "→").replace("enabled 0", "switched off") for change in said.values()]
        assert page.run(cells) == wanted
        page.find("#language").click()
        chinese = page.run(cells)
    assert len(chinese) == len(wanted)
    for change, english in zip(chinese, wanted):
        assert not re.search("[A-Za-z]", change), f"the Chinese page says '{change}'"
        assert re.findall(r"[\d.]+", change) == re.findall(r"[\d.]+", re.sub("year-1|person-1", "", english)), (change, english)


def downloaded(page, button, name):
    file = FOLDER / "downloads" / f"luohu-{name}.csv"
    file.unlink(missing_ok=True)
    page.click(page.find(f"#{button}"))
    for _ in range(100):
        if file.exists():
            break
        time.sleep(0.1)
    bytes_read = file.read_bytes()
    assert bytes_read.startswith(b"\xef\xbb\xbf"), f"{name}: no byte order mark"
    return list(csv.DictReader(bytes_read.decode("utf-8-sig").splitlines()))


def check_csv(rows, comparison, axes):
    assert len(rows) == len(comparison["results"]), f"{len(rows)} rows in the CSV, {len(comparison['results'])} of compare"
    key = lambda row: (row["scenario"], row["indicator"], str(row["year"]), *(str(row[axis]) for axis in axes))
    known = {key(row): row for row in comparison["results"]}
    for row in rows:
        wanted = known[key(row)]
        numbers = [wanted[column] for column in ["baseline", "scenario_value", "difference", "low", "high"]]
        near = 1e-6 * max(1e-9, *(abs(number) for number in numbers if number is not None))
        for column in ["baseline", "scenario_value", "difference", "low", "high"]:
            if wanted[column] is None:
                assert row[column] == "", f"{key(row)}: {column} is {row[column]}"
                continue
            assert abs(float(row[column]) - wanted[column]) <= near, f"{key(row)}: {column} {row[column]}, compare {wanted[column]}"
        assert row["verdict"] == wanted["verdict"], f"{key(row)}: {row['verdict']}, compare {wanted['verdict']}"


def csv_equals_compare(driver, path):
    with Page(driver, path) as page:
        page.choose("indicator", "settled")
        check_csv(downloaded(page, "download_indicator", "settled"), compared(RESULTS, "--indicator", "settled", "--year", "all"), ["place"])
        check_csv(downloaded(page, "answer-csv", "answer"), compared(RESULTS, "--year", "all"), ["place"])
        routes = compared(RESULTS, "--indicator", "settled", "--by", "route", "--year", "all")
        routes["results"] = [row for row in routes["results"] if row["route"] != "all"]
        check_csv(downloaded(page, "routes-csv", "routes"), routes, ["route"])
        flows = compared(RESULTS, "--indicator", "moves", "--by", "origin,destination", "--year", "2025", "--year", "2030", "--year", "2035")
        flows["results"] = [row for row in flows["results"] if row["origin"] != "all"]
        check_csv(downloaded(page, "flows-csv", "flows"), flows, ["origin", "destination"])
        ages = compared(RESULTS, "--indicator", "residents", "--by", "sex,age", "--year", "2020", "--year", "2025", "--year", "2030", "--year", "2035")
        ages["results"] = [row for row in ages["results"] if row["sex"] != "all"]
        check_csv(downloaded(page, "ages-csv", "ages"), ages, ["sex", "age_group"])


# Text with less contrast against what is behind it than WCAG 2.1 AA asks for, 4.5.
LOW_CONTRAST = """
const channel = (c) => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
const parts = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
const behind = (e) => { for (; e; e = e.parentElement) { const c = parts(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] > 0) return c; } return [255, 255, 255]; };
return [...document.querySelectorAll("body *")].filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())
    && !["SCRIPT", "STYLE", "NOSCRIPT", "title"].includes(e.tagName) && !(e.closest(".map") && e.tagName === "text")).map((e) => {
  const style = getComputedStyle(e), a = light(parts(e.tagName === "text" ? style.fill : style.color)), b = light(behind(e));
  return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), e.tagName + " " + e.textContent.slice(0, 30)];
}).filter(([ratio]) => ratio < 4.5);
"""


def everyone_can_use_it(driver, path):
    with Page(driver, path) as page:
        for control in page.all("button, select, input, summary, #maps .region[data-place='0']"):
            assert control.accessible_name.strip(), f"a control has no name: {control.get_attribute('outerHTML')[:200]}"
        unnamed = page.run("return [...document.querySelectorAll('svg')].filter((s) => !s.getAttribute('aria-label') && s.getAttribute('aria-hidden') !== 'true').length")
        assert unnamed == 0, f"{unnamed} drawings have no words"
        low = page.run(LOW_CONTRAST)
        assert not low, f"too little contrast: {low[:5]}"
        # All of it by keyboard: Tab from the top reaches every control that can have the focus.
        page.run("document.body.focus()")
        reached = set()
        for _ in range(200):
            driver.switch_to.active_element.send_keys(Keys.TAB)
            label = page.run("const e = document.activeElement; return e === document.body ? null : e.id || e.getAttribute('aria-label') || e.textContent")
            if label is None or label in reached and label == "language":
                break
            reached.add(label)
        for wanted in ["language", "scenario", "indicator", "place", "year", "answer-csv", "maps-csv", "outcome", "download_indicator"]:
            assert wanted in reached, f"Tab never reaches {wanted}"
    # A phone: nothing is wider than the screen, in either language.
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": 390, "height": 800, "deviceScaleFactor": 2, "mobile": True})
    for language in ["en", "zh"]:
        with Page(driver, path, f"#lang={language}") as page:
            wide = page.run("return document.documentElement.scrollWidth")
            assert wide <= 390, f"{wide} pixels wide on a phone of 390 ({language})"
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    with Page(driver, path) as page:
        check_print(driver, page)


def check_print(driver, page):
    """No page of paper ends with a heading, a caption or a note, or part of one, that heads what is on the next."""
    heads = page.run("return [...document.querySelectorAll('h2, h3, caption, section > .note, .note:has(+ :is(figure, svg, .panels, .scroll))')].map((e) => e.textContent.trim())")
    for size in [{"paperWidth": 8.27, "paperHeight": 11.69}, {"paperWidth": 8.5, "paperHeight": 11}, {"paperWidth": 11.69, "paperHeight": 8.27}, {"paperWidth": 8.27, "paperHeight": 10}]:
        printed = base64.b64decode(driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True, **size})["data"])
        assert len(printed) > 75_000, "the print has next to nothing on it"
        (FOLDER / "print.pdf").write_bytes(printed)
        text = subprocess.run(["pdftotext", FOLDER / "print.pdf", "-"], capture_output=True, text=True, check=True).stdout
        pages = [sheet.strip() for sheet in text.split("\f") if sheet.strip()]
        assert len(pages) > 4
        for number, sheet in enumerate(pages, 1):
            foot = sheet.splitlines()[-1].strip()
            assert foot not in heads and not any(len(foot) > 12 and foot in head for head in heads), f"page {number} of {size} ends with '{foot}'"


HOSTILE = ("</script><script>window.hit=1</script>", "<img src=x onerror=window.hit=1>", "\"'`${window.hit=1}{{page.js}}", "\u2028window.hit=1\u2029//",
           "<!--<script>", "]]>&lt;b&gt;\\u003c", "=HYPERLINK(\"http://x.invalid\")")


def titles_do_not_execute(driver):
    scenario = FOLDER / "hostile.toml"
    text = " ".join(HOSTILE)
    quoted = json.dumps(text)  # JSON's escapes are TOML's
    scenario.write_text(f'''id = "hostile"
extends = {json.dumps(str(HUNAN / "baseline.toml"))}
title = {{ zh = {quoted}, en = {quoted} }}
[[measure]]
id = "lift"
number = 1
title = {{ zh = {quoted}, en = {quoted} }}
lever = "registration.required_residence_years"
place = "all"
start = 2021.5
value = 0
source = {{ tag = "text", note = {quoted} }}
''', encoding="utf-8")
    results = FOLDER / "<img src=x onerror=window.hit=1>.h5"
    luohu("run", HUNAN / "baseline.toml", scenario, "--scale", "1:20000", "--replicates", "2", "--force", "-o", results)
    attribution = json.loads((FOLDER / "attribution.json").read_text())
    for measure in attribution["measures"]:
        measure["title"] = {"zh": text, "en": text}
    for value in attribution["values"]:
        value["unit"] = text
        value["category"] = text
    scorecard = json.loads((FOLDER / "scorecard.json").read_text())
    for hindcast in scorecard["hindcasts"]:
        hindcast["title"] = text
        for pattern in hindcast["patterns"]:
            pattern.update(name=text, scope=text, unit=text, band=text, note=text, benchmarks={text: 1})
        for place in hindcast["prefectures"]:
            place.update(name=text, place=0)
        for residuals in hindcast["residuals"]:
            for number in residuals["numbers"]:
                number.update(of=text)
    boundaries = json.loads((HUNAN / "boundaries.geojson").read_text())
    boundaries["source"] = text
    given = []
    for name, data in [("attribution", attribution), ("scorecard", scorecard), ("boundaries", boundaries)]:
        (FOLDER / f"hostile-{name}.json").write_text(json.dumps(data), encoding="utf-8")
        given += [f"--{name}", FOLDER / f"hostile-{name}.json"]
    path = report("hostile.html", results, *given)
    assert "window.hit=1</script>" not in path.read_text(encoding="utf-8")
    for language in ["en", "zh"]:
        with Page(driver, path, f"#lang={language}") as page:
            assert page.run("return window.hit") is None, "a title was executed"
            assert page.run("return document.querySelectorAll('img, iframe, object').length") == 0
            assert len(page.all("script")) == 2
            shown = page.run("return document.querySelector('#scenario').options[0].textContent")
            assert shown == text, f"the title is shown as {shown!r}"
            assert text.split("\u2028")[0] in page.run("return document.querySelector('#measures-table').textContent")
            rows = downloaded(page, "download_indicator", "registered_urbanisation")
            assert rows and all(row["scenario"] == "hostile" for row in rows)


def little_is_enough(driver):
    """One scenario, one replicate, another province without boundaries: a page that says so, not a broken one."""
    guizhou = HUNAN.parent / "provinces" / "guizhou" / "hindcast.toml"
    alone = FOLDER / "alone.h5"
    luohu("run", guizhou, "--scale", "1:20000", "--force", "-o", alone)
    with Page(driver, report("alone.html", alone)) as page:
        warnings = " ".join(element.text for element in page.all(".warning"))
        assert "one scenario alone" in warnings and "One replicate" in warnings, warnings
        assert "one tile for each place" in page.text("#maps-content")
        assert page.find("#scenario").get_attribute("value") == "-1" and "NaN" not in page.text("main")
        rows = downloaded(page, "download_indicator", "registered_urbanisation")
        assert rows[0]["baseline"] and not rows[0]["difference"]
    with Page(driver, report("expected.html", EXPECTED)) as page:
        assert "Expected numbers" in " ".join(element.text for element in page.all(".warning"))
    with Page(driver, report("sample.html", SAMPLE)) as page:
        assert len(page.cells("places", 0)) == 8 and not page.all("#ages, #routes, #services")
    luohu("run", HUNAN / "baseline.toml", HUNAN / "abolish-all.toml", "--scale", "1:20000", "--force", "-o", FOLDER / "once.h5")
    with Page(driver, report("once.html", FOLDER / "once.h5")) as page:
        assert "One replicate" in page.text(".warning") and "no interval" in page.text("#headline-table")
    luohu("run", HUNAN / "baseline.toml", HUNAN / "measure-01.toml", "--scale", "1:20000", "--replicates", "3", "--seed", "9", "--force", "-o", FOLDER / "other.h5")
    with Page(driver, report("two-files.html", RESULTS, FOLDER / "other.h5", "--baseline", f"baseline@{RESULTS}")) as page:
        assert "no replicates in common" in " ".join(element.text for element in page.all(".warning"))


def ten_scenarios_stay_small():
    """Replicates do not count: the page holds means and intervals."""
    names = ["baseline", "measure-01", "measure-02", "measure-04", "housing", "measures-01-02", "measures-01-02-04", "full",
             "full-low-fidelity", "abolish-all"]
    luohu("run", *(HUNAN / f"{name}.toml" for name in names), "--scale", "1:50000", "--replicates", "2", "--force", "-o", FOLDER / "ten.h5")
    size = report("ten.html", FOLDER / "ten.h5", *supplements()).stat().st_size
    assert size < 1_000_000, f"ten scenarios make {size} bytes"


def supplements():
    return ["--attribution", FOLDER / "attribution.json", "--scorecard", FOLDER / "scorecard.json"]


def ages_are_drawn(driver, path):
    """A mark for every age group, which says both numbers of the scorecard."""
    scorecard = json.loads((FOLDER / "scorecard.json").read_text())
    ages = next(r["numbers"] for r in scorecard["hindcasts"][0]["residuals"] if r["statistic"] == "net_migration_by_age")
    with Page(driver, path, "#lang=en") as page:
        titles = page.run("return [...document.querySelectorAll('#scorecard circle title')].map(t => t.textContent)")
    for age in ages:
        told = next(t for t in titles if t.startswith(f"{age['of']}: ")).replace("\u2212", "-")
        counted, modelled = [float(number) for number in re.findall(r"[+-]?\d+\.\d", told)]
        assert abs(counted - 1000 * age["counted"]) < 0.051, (told, age)
        assert abs(modelled - 1000 * age["simulated"]) < 0.051, (told, age)


def main():
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    luohu("attribute", HUNAN / "baseline.toml", HUNAN / "measures-01-02.toml", "--scale", "1:20000", "--replicates", "2", "--format", "json", "-o", FOLDER / "attribution.json")
    (FOLDER / "scorecard.json").write_text(luohu("validate", HUNAN / "hindcast.toml", "--scale", "1:5000", "--format", "json"), encoding="utf-8")
    path = report("page.html", RESULTS, *supplements())
    ten_scenarios_stay_small()
    driver = browser()
    try:
        numbers_equal_compares(driver, path)
        controls_work(driver, path)
        first_year_is_marked(driver, path)
        labels_are_readable(driver, path)
        changes_are_said(driver)
        ages_are_drawn(driver, path)
        csv_equals_compare(driver, path)
        everyone_can_use_it(driver, path)
        titles_do_not_execute(driver)
        little_is_enough(driver)
    finally:
        driver.quit()


main()
