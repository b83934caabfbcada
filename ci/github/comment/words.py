"""What the comment says. Everything in a report may be forged: words are taken from a fixed list, numbers have to be
numbers, and any other text stands in a code span, where a forge finds no markup, no mention and no link."""

MARKER = "<!-- patchgate:sticky:v1 -->"
SHARE = 20_000  # bytes of each list; the forge refuses a comment of 65,536 characters
MOST_RULES, MOST_LINES, MOST_SYMBOLS, MOST_TAKEN = 20, 5, 15, 10
SIGNS = {"allow": "", "warn": "\u26a0\ufe0f", "block": "\u26d4", "none": "\u2753"}
LEVELS = ("low", "moderate", "high", "critical", "unknown")
EFFECTS = ("none", "observe", "warn", "block")
LEAST = {"warn": ("warn", "block", "none"), "block": ("block", "none")}  # decisions that a rule's effect leaves possible
KINDS = {
    "guard_removed": "a check is gone",
    "guard_weakened": "a check lets more through",
    "assert_removed": "an assertion is gone",
    "value_emptied": "a value is emptied",
    "default_changed": "a default is another one",
    "error_ignored": "an error goes unseen",
    "loop_widened": "a loop covers more",
}


class Forged(Exception):
    """A report that patchgate does not write."""


def text_of(value, longest=400):
    """One line of printable characters; the others, and those that change the direction of text, are spelled out."""
    if not isinstance(value, str):
        raise Forged("a text is missing")
    clipped = value if len(value) <= longest else value[: longest - 1] + "\u2026"
    return "".join(c if c == " " or c.isprintable() else f"\\u{ord(c):04x}" for c in clipped)


def code(value, longest=400):
    """A code span with a fence that is longer than any run of backticks inside."""
    text = text_of(value, longest).strip() or " "
    longest_run = max((len(run) for run in "".join(c if c == "`" else " " for c in text).split()), default=0)
    fence = "`" * (longest_run + 1)
    pad = " " if longest_run else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def word(value, words):
    if value not in words:
        raise Forged("a word that patchgate does not use")
    return value


def number(value):
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 10**9:
        raise Forged("a number is missing or too large")
    return value


def member(value, name, kind):
    found = value.get(name) if isinstance(value, dict) else None
    if not isinstance(found, kind):
        raise Forged(f"{name} is missing")
    return found


def items(value, name):
    return member(value, name, list)


def rules_of(verdict):
    rules = items(verdict, "rules")
    for rule in rules:
        word(member(rule, "effect", str), EFFECTS)
    return rules


def decision_of(report):
    verdict = member(report, "verdict", dict)
    decision = word(member(verdict, "decision", str), SIGNS)
    for rule in rules_of(verdict):
        if decision not in LEAST.get(rule["effect"], SIGNS):
            raise Forged("the decision contradicts its rules")
    return decision


def level_of(report, name):
    return word(member(member(report, name, dict), "level", str), LEVELS)


def rule_lines(rule):
    lines = [f"- {code(rule.get('id'), 120)} ({rule['effect']}): {code(rule.get('title', ''))}"]
    if rule.get("fix") is not None:
        fixes = [line for line in member(rule, "fix", str).split("\n") if line.strip()]
        lines += [f"  - to pass: {code(fix)}" for fix in fixes[:MOST_LINES]]
    return "\n".join(lines) + "\n"


def symbol_line(symbol):
    place = f"{text_of(symbol.get('file'), 200)}:{number(symbol.get('line'))}"
    used = ""
    fan_in = symbol.get("fan_in")
    if isinstance(fan_in, dict):
        used = (
            f", used by {number(items(fan_in, 'direct')[0])} directly, {number(items(fan_in, 'transitive')[0])} in all"
        )
    return f"- {code(symbol.get('name'), 200)} in {code(place)}: impact {word(symbol.get('impact'), LEVELS)}{used}\n"


def taken_line(change):
    place = member(change, "head", dict)
    at = f"{text_of(place.get('file'), 200)}:{number(place.get('line'))}"
    was = f", it was {code(change.get('before'), 200)}"
    if change.get("after") is not None:
        was = f", {code(change.get('before'), 200)} became {code(change.get('after'), 200)}"
    use = "" if change.get("use") is None else f" before {code(change['use'], 200)}"
    kind = KINDS[word(change.get("kind"), KINDS)]
    return f"- {code(at)} in {code(change.get('symbol'), 200)}: {kind}{use}{was}\n"


def some(lines, most, more):
    """The first lines, whole, as far as they go into their share, then how many more there are."""
    kept, size = 0, 0
    while kept < min(most, len(lines)) and size + len(lines[kept].encode()) <= SHARE:
        size += len(lines[kept].encode())
        kept += 1
    rest = len(lines) - kept
    return "".join(lines[:kept]) + (f"- {rest} more {more}\n" if rest > 0 else "")


def body_of(report, run_link, head):
    """The comment on one report. `run_link` and `head` come from the forge, not from the report."""
    decision = decision_of(report)
    said = f"{SIGNS[decision]} {decision if decision != 'none' else 'nothing could be judged'}".strip()
    text = f"{MARKER}\n## Claimed by the run of this pull request: {said}\n\n"
    risk, impact, likelihood = (level_of(report, name) for name in ("risk", "impact", "likelihood"))
    text += f"Risk **{risk}**: impact {impact}, likelihood {likelihood}.\n"
    rules = [rule for rule in rules_of(report["verdict"]) if rule["effect"] in LEAST]
    rules.sort(key=lambda rule: rule["effect"])  # block before warn
    changes = report.get("code_changes")
    taken = [] if changes is None else [taken_line(change) for change in items(changes, "found")]
    if taken:
        text += "\n### Taken away\n\n" + some(taken, MOST_TAKEN, "changes")
    if rules:
        text += "\n### Rules that did not pass\n\n" + some([rule_lines(rule) for rule in rules], MOST_RULES, "rules")
    symbols = [symbol_line(symbol) for symbol in items(report, "symbols") if not symbol.get("in_test_code")]
    if symbols:
        text += "\n### Touched\n\n" + some(symbols, MOST_SYMBOLS, "symbols")
    end = f"\n[The run]({run_link}) has the whole report. "
    end += f"It says this about `{head}`, and who wrote the patch could have changed it; the required check decides.\n"
    return text + end
