"""The tables of docs/rules.md: per code of alerts, per act in threads."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from statistics import median
from typing import Any

Lags = dict[str, list[float]]
"""Per code, hours from the first moment that a history's breach could be known to the first alert of the code."""


def rules_table(counted: Sequence[tuple[dict[str, Counter[str]], Lags]]) -> list[str]:
    """Per code: precision and recall with counts, and how late its alert is."""
    total: dict[str, Counter[str]] = defaultdict(Counter)
    lags: Lags = defaultdict(list)
    for codes, late in counted:
        for code, n in codes.items():
            total[code] += n
            lags[code] += late[code]
    lines = [
        "## Per code, on the shared and the development histories",
        "",
        "| code | right | missed | wrong | extra | precision | recall | median lag, h |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for code, n in sorted(total.items()):
        lag = f"{median(lags[code]):.1f}" if lags[code] else ""
        counts = " | ".join(str(n[key]) for key in ("right", "missed", "wrong", "extra"))
        lines.append(f"| {code} | {counts} | {_shares(n)} | {lag} |")
    return [
        *lines,
        "",
        "`wrong`: forbidden, or in a quiet history; `extra`: in a history with a breach, neither asked for nor "
        "forbidden. The lag runs from the first moment the history's breach could be known, by any of its codes.",
    ]


def _shares(n: Counter[str]) -> str:
    precision, recall = n["right"] / max(1, n["right"] + n["wrong"]), n["right"] / max(1, n["right"] + n["missed"])
    return f"{precision:.2f} | {recall:.2f}"


def threads_tables(measured: dict[str, tuple[dict[str, Any], dict[str, Counter[str]]]]) -> list[str]:
    """The threads' measures side by side, then per act how often it was right, without the unseen ones."""
    keys = list(dict.fromkeys(key for told, _ in measured.values() for key in told))
    lines = ["", "## Threads", "", "| measure | " + " | ".join(measured) + " |", "|---" * (1 + len(measured)) + "|"]
    lines += [f"| {key} | " + " | ".join(str(told.get(key)) for told, _ in measured.values()) + " |" for key in keys]
    total: dict[str, Counter[str]] = defaultdict(Counter)
    for name, (_, acts) in measured.items():
        for code, n in acts.items() if name != "unseen" else ():
            total[code] += n
    lines += [
        "",
        "`real`: service threads read by two people. `dev`, `unseen`: written for this project, one reader; every "
        "thread is played as 90 seconds, so that nothing falls due in it. Our reader read ours as three days old: a "
        "question that nobody answers in the thread is F02. Played until then, they are `3 days on`.",
        "",
        "| act noticed in threads | right | missed | wrong | precision | recall |",
        "|---|---|---|---|---|---|",
    ]
    for code, n in sorted(total.items()):
        lines.append(f"| {code} | {n['right']} | {n['missed']} | {n['wrong']} | {_shares(n)} |")
    return lines
