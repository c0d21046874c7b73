"""Small numerical parts of the derivation: proportional fitting, whole numbers, non-negative least squares."""


def fit_table(seed, rows, columns, rounds=20000, tolerance=1e-10):
    """`seed` scaled by iterative proportional fitting to the sums `rows` and `columns`, which must agree.

    Raises ValueError where zeros of the seed forbid the sums.
    """
    table = [list(map(float, row)) for row in seed]
    for _ in range(rounds):
        for i, target in enumerate(rows):
            total = sum(table[i])
            table[i] = [x * target / total if total > 0 else 0.0 for x in table[i]]
        worst = 0.0
        for j, target in enumerate(columns):
            total = sum(row[j] for row in table)
            if total > 0:
                worst = max(worst, abs(total - target) / max(target, 1))
                for row in table:
                    row[j] *= target / total
        if worst < tolerance:
            return table
    raise ValueError("the table cannot be fitted to its margins")


def apportion(weights, total):
    """`total` whole units in proportion to `weights`, by the largest remainders."""
    size = sum(weights)
    shares = [w * total / size if size > 0 else 0.0 for w in weights]
    whole = [int(x) for x in shares]
    order = sorted(range(len(shares)), key=lambda i: (whole[i] - shares[i], i))
    for i in order[: total - sum(whole)]:
        whole[i] += 1
    return whole


def whole_table(table, rows, columns):
    """Whole numbers near `table` with exactly these sums; cells that are zero stay zero."""
    cells = [[int(x) for x in row] for row in table]
    missing = [target - sum(row) for target, row in zip(rows, cells)]
    lacking = [target - sum(row[j] for row in cells) for j, target in enumerate(columns)]
    for i, row in enumerate(table):
        order = sorted((j for j, x in enumerate(row) if x > 0), key=lambda j: int(row[j]) - row[j])
        while missing[i] > 0:
            j = next((j for j in order if lacking[j] > 0), None)
            if j is None:
                _swap(cells, table, i, lacking)
            else:
                cells[i][j] += 1
                lacking[j] -= 1
            missing[i] -= 1
    return cells


def _swap(cells, table, i, lacking):
    """One more unit in row i although only forbidden columns lack one: another row changes its column."""
    j = next(j for j, n in enumerate(lacking) if n > 0)
    for k, row in enumerate(cells):
        for other, x in enumerate(row):
            if k != i and x > 0 and table[k][j] > 0 and table[i][other] > 0:
                row[other] -= 1
                row[j] += 1
                cells[i][other] += 1
                lacking[j] -= 1
                return
    raise ValueError("no whole table has these sums")


def non_negative_least_squares(rows, values, weights, rounds=3000):
    """Coefficients b >= 0 that minimise sum w (y - x b)^2, by coordinate descent."""
    width = len(rows[0])
    gram = [[sum(w * r[a] * r[b] for r, w in zip(rows, weights)) for b in range(width)] for a in range(width)]
    right = [sum(w * r[a] * y for r, y, w in zip(rows, values, weights)) for a in range(width)]
    solution = [0.0] * width
    for _ in range(rounds):
        for a in range(width):
            rest = right[a] - sum(gram[a][b] * solution[b] for b in range(width) if b != a)
            solution[a] = max(0.0, rest / gram[a][a])
    return solution


def smooth(values):
    """A light moving average over neighbours; the ends keep their own."""
    inner = [(a + 2 * b + c) / 4 for a, b, c in zip(values, values[1:], values[2:])]
    return [values[0], *inner, values[-1]]
