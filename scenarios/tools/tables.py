"""Writing a table: title, one line per column with unit, tag and source, notes, then the rows."""


class Writer:
    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def __call__(self, name, title, columns, rows, notes=()):
        """`columns`: (name, unit, tag, source); keys have unit and tag '-'."""
        lines = [f"# table {name}: {title}"]
        lines += [f"# column {' | '.join(column)}" for column in columns]
        lines += [f"# note {note}" for note in notes]
        lines.append(",".join(column[0] for column in columns))
        lines += [",".join(str(cell) for cell in row) for row in rows]
        (self.folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


PLACE = ("place", "-", "-", "GB/T 2260 code")
SEX = ("sex", "-", "-", "F female, M male")
AGE = ("age_group", "-", "-", "completed years")


def urban_share(place):
    return place.count("urban") / place.count("persons")
