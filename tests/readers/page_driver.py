"""The program, Chromium and an open page, for read_page.py, whose arguments these are."""

import json
import subprocess
import sys
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

LUOHU, RESULTS, FOLDER, HUNAN, SAMPLE, EXPECTED = (Path(argument).absolute() for argument in sys.argv[1:7])


def luohu(*arguments):
    done = subprocess.run([LUOHU, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"luohu {' '.join(map(str, arguments))}: {done.stderr}"
    return done.stdout


def report(name, *arguments):
    page = FOLDER / name
    luohu("report", *arguments, "-o", page, "--force")
    return page


def browser():
    options = Options()
    for word in ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage",
                 "--disable-component-update", "--disable-sync", "--no-first-run", f"--user-data-dir={FOLDER / 'profile'}"]:
        options.add_argument(word)
    options.add_experimental_option("prefs", {"download.default_directory": str(FOLDER / "downloads")})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)


# What the page shows, reads out or says when pointed at; a word left open in its texts, a value that is none, one counted as many.
BAD_WORDS = r"""
const found = [], bad = /\{\w+\}|\b(undefined|NaN)\b|\b1 (runs|scenarios|simulated runs|values)\b/;
const look = (text, of) => { if (bad.test(text)) found.push(`${of.closest("section")?.id ?? of.tagName}: ${text}`); };
for (const e of document.querySelectorAll("title, body *:not(script, style, noscript)")) {
  for (const node of e.childNodes) if (node.nodeType === 3) look(node.data, e);
  for (const name of ["aria-label", "title", "data-label", "label"]) if (e.hasAttribute(name)) look(e.getAttribute(name), e);
}
return found;
"""


class Page:
    """One page, open; what is wanted of every page is asked when it is left."""

    def __init__(self, driver, path, address="#lang=en"):
        self.driver, self.path = driver, path
        driver.get("about:blank")
        driver.get_log("browser"), driver.get_log("performance")
        driver.get(path.as_uri() + address)

    def __enter__(self):
        return self

    def __exit__(self, failed, *_):
        if failed:
            return
        for _ in range(2):
            bad = self.run(BAD_WORDS)
            assert not bad, f"{self.path.name}, {self.run('return document.documentElement.lang')}: {bad[:5]}"
            self.run("document.getElementById('language').click()")
        said = self.driver.get_log("browser")
        assert not said, f"{self.path.name}: the console says {said}"
        for entry in self.driver.get_log("performance"):
            event = json.loads(entry["message"])["message"]
            if event["method"] != "Network.requestWillBeSent":
                continue
            url = event["params"]["request"]["url"]
            own = url.split("#")[0] == self.path.as_uri() or url.startswith(("data:", "blob:"))
            assert own, f"{self.path.name} asks for {url}"

    def find(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector):
        return self.find(selector).text

    def choose(self, control, value):
        Select(self.find(f"#{control}")).select_by_value(str(value))

    def cells(self, table, row):
        return self.run(f"return [...document.querySelectorAll(\"#{table}-table tr[data-row='{row}'] > *\")].map((cell) => cell.innerText.trim())")

    def click(self, element):
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def run(self, script):
        return self.driver.execute_script(script)
