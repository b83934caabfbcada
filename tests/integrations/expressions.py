"""The part of GitHub's expression language that the actions and workflows of this repository use.

https://docs.github.com/actions/reference/evaluate-expressions-in-workflows-and-actions
What is not known is an error, never an empty text: a test has to notice when an action begins to use more.
"""
import re

TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>\d+)|(?P<word>[A-Za-z_][\w-]*)|(?P<sign>==|!=|&&|\|\||[!().,]))"
)


class Unknown(Exception):
    """An expression that this reader does not know."""


def tokens(text):
    at = 0
    found = []
    text = text.strip()
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            raise Unknown(text)
        found.append((match.lastgroup, match.group(match.lastgroup)))
        at = match.end()
    return found + [("end", "")]


def truthy(value):
    return value not in (None, False, 0, "")


def equal(left, right):
    if isinstance(left, str) and isinstance(right, str):
        return left.lower() == right.lower()
    if type(left) is type(right):
        return left == right
    return {None: "", True: "true", False: "false"}.get(left, left) == {None: "", True: "true", False: "false"}.get(
        right, right
    )


class Expression:
    """`contexts`: what the names stand for; `status`: functions like always() without arguments."""

    def __init__(self, text, contexts, status):
        self.tokens = tokens(text)
        self.at = 0
        self.contexts = contexts
        self.functions = {
            "format": lambda form, *values: re.sub(r"\{(\d+)\}", lambda m: str(values[int(m[1])]), form),
            **status,
        }

    def value(self):
        result = self.either()
        if self.tokens[self.at][0] != "end":
            raise Unknown(self.tokens)
        return result

    def accept(self, *signs):
        if self.tokens[self.at][0] == "sign" and self.tokens[self.at][1] in signs:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return None

    def need(self, sign):
        if not self.accept(sign):
            raise Unknown((sign, self.tokens))

    def either(self):
        left = self.both()
        while self.accept("||"):
            right = self.both()
            left = left if truthy(left) else right
        return left

    def both(self):
        left = self.compared()
        while self.accept("&&"):
            right = self.compared()
            left = right if truthy(left) else left
        return left

    def compared(self):
        left = self.single()
        sign = self.accept("==", "!=")
        if not sign:
            return left
        return equal(left, self.single()) == (sign == "==")

    def single(self):
        if self.accept("!"):
            return not truthy(self.single())
        if self.accept("("):
            inner = self.either()
            self.need(")")
            return inner
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "text":
            return text[1:-1].replace("''", "'")
        if kind == "number":
            return int(text)
        if kind != "word":
            raise Unknown(text)
        if text in ("true", "false"):
            return text == "true"
        if self.accept("("):
            return self.call(text)
        return self.member(text)

    def call(self, name):
        arguments = []
        while not self.accept(")"):
            arguments.append(self.either())
            self.accept(",")
        if name not in self.functions:
            raise Unknown(name + "()")
        return self.functions[name](*arguments)

    def member(self, name):
        if name not in self.contexts:
            raise Unknown(name)
        value = self.contexts[name]
        while self.accept("."):
            kind, field = self.tokens[self.at]
            if kind != "word":
                raise Unknown(self.tokens)
            self.at += 1
            value = value.get(field) if isinstance(value, dict) else None
        return value


def as_text(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def filled(text, contexts, status):
    """A text of YAML with its expressions evaluated."""
    return re.sub(
        r"\$\{\{(.*?)\}\}", lambda m: as_text(Expression(m[1], contexts, status).value()), as_text(text), flags=re.S
    )


def condition(text, contexts, status):
    """An `if:`. Without a status function it asks for success() too."""
    text = as_text(text)
    inner = re.fullmatch(r"\s*\$\{\{(.*)\}\}\s*", text, re.S)
    source = inner[1] if inner else text
    if not re.search(r"\b(always|cancelled|failure|success)\s*\(", source):
        source = "success() && (" + source + ")" if source.strip() else "success()"
    return truthy(Expression(source, contexts, status).value())
