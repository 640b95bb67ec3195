"""Documents for a task whose data set is not here: their columns are read off the task's own templates.

What a template does with a column says what the column holds (a text, a list, a mapping, the place of a choice). Where
several are possible, they are tried until lm-eval renders the document and its target is one of its choices.
"""

import ast
import itertools
import random
import re

from jinja2 import nodes
from lm_eval import utils

PARTS = ["doc_to_text", "doc_to_target", "doc_to_choice", "description", "gen_prefix"]
TEXT_METHODS = set(dir(str)) - {"index", "count"}
TEXT_FILTERS = {"trim", "lower", "upper", "capitalize", "title", "replace", "regex_replace", "string", "wordcount", "escape"}
LIST_FILTERS = {"join", "length", "list", "first", "last", "sort", "random", "unique", "reverse", "enumerate"}
LETTERS = "ABCDEFGHIJ"
PLAIN = ["the river", "nine apples", "হ্যাঁ, ঠিক", "是的", "нет, спасибо", "العربية", "Lomé", "ok 🙂", "50%", "x_1", "é̂", "१२", "(b)", "end."]
AWKWARD = [*PLAIN, "it's", 'say "so"', "{{x}}", "{% y %}", "a\nb", "\\n", "tab\there", "[1, 2]", "<b>&", "no\u00a0break", "$1,000", "  two"]


class Shape:
    """What is known of a value."""

    def __init__(self):
        self.keys, self.item, self.text, self.values = {}, None, False, []

    def key(self, name):
        return self.keys.setdefault(name, Shape())

    def items(self):
        self.item = self.item or Shape()
        return self.item


class Reader:
    """Walks a template and notes what it does with each column."""

    def __init__(self, root):
        self.root, self.bound = root, {}

    def shape(self, node):
        """The shape behind an expression, where it is a part of the document."""
        if isinstance(node, nodes.Name):
            return self.bound.get(node.name) or (None if node.name in ("loop", "range", "namespace") else self.root.key(node.name))
        if isinstance(node, nodes.Getattr):
            of = self.shape(node.node)
            return of and of.key(node.attr)
        if isinstance(node, nodes.Getitem):
            return self.getitem(node)
        if isinstance(node, nodes.Filter) and node.node is not None:
            of = self.shape(node.node)
            if of and node.name in TEXT_FILTERS:
                of.text = True
            elif of and node.name in LIST_FILTERS:
                of.items()
            for pair in node.kwargs:
                if of and node.name == "map" and pair.key == "attribute":
                    of.items().key(pair.value.value)
            for argument in node.args:
                self.visit(argument)
            return None
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr):
            self.call(node)
            return None
        self.visit_children(node)
        return None

    def call(self, node):
        inside, method = node.node.node, node.node.attr
        if method == "index" and isinstance(inside, nodes.List):
            picks = self.shape(node.args[0])
            if picks:
                picks.values += [item.value for item in inside.items if isinstance(item, nodes.Const)]
            return
        of = self.shape(inside)
        if of and method in TEXT_METHODS:
            of.text = True
        elif of and method == "index":
            of.items()
        for argument in node.args:
            self.visit(argument)

    def getitem(self, node):
        where = node.arg
        if isinstance(node.node, (nodes.List, nodes.Tuple, nodes.Dict)):
            picks = self.shape(where)
            if picks and isinstance(node.node, nodes.Dict):
                picks.values += [pair.key.value for pair in node.node.items if isinstance(pair.key, nodes.Const)]
            elif picks:
                picks.values += range(len(node.node.items))
            self.visit_children(node.node)
            return None
        of = self.shape(node.node)
        if isinstance(where, nodes.Const) and isinstance(where.value, str):
            return of and of.key(where.value)
        if isinstance(where, nodes.Slice):
            for end in filter(None, (where.start, where.stop)):
                picks = self.shape(end)
                if picks:
                    picks.values += range(1, 5)
            return of
        picks = self.shape(where)
        if picks:
            picks.values += range(2)
        return of and of.items()

    def visit(self, node):
        method = isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr)
        if method or isinstance(node, (nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Filter)):
            self.shape(node)
        elif isinstance(node, nodes.Compare):
            self.compare(node)
        elif isinstance(node, nodes.For):
            of = self.shape(node.iter)
            if isinstance(node.target, nodes.Name):
                self.bound[node.target.name] = of.items() if of else Shape()
            else:
                self.bound.update({name.name: Shape() for name in node.target.find_all(nodes.Name)})
            for child in itertools.chain(node.body, node.else_):
                self.visit(child)
        elif isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
            self.bound[node.target.name] = self.shape(node.node) or Shape()
        else:
            self.visit_children(node)

    def compare(self, node):
        of = self.shape(node.expr)
        for operand in node.ops:
            other = operand.expr
            if isinstance(other, nodes.Const) and of:
                of.values.append(other.value)
            elif isinstance(other, (nodes.List, nodes.Tuple)) and of:
                of.values += [item.value for item in other.items if isinstance(item, nodes.Const)]
            else:
                self.visit(other)

    def visit_children(self, node):
        for child in node.iter_child_nodes():
            self.visit(child)


def shape(config):
    """The shape of a task's documents."""
    root = Shape()
    examples = config.get("fewshot_config") or {}
    for part in PARTS:
        for template in (config.get(part), examples.get(part)):
            if not isinstance(template, str):
                continue
            if part.startswith("doc_to") and re.fullmatch(r"[A-Za-z_]\w*", template):
                column = root.key(template)
                if part == "doc_to_choice":
                    column.items()
                continue
            parsed = utils.env.parse(template)
            Reader(root).visit(parsed)
            bare = re.fullmatch(r"\s*\{\{\s*([\w.]+)\s*\}\}\s*", template)
            if part == "doc_to_choice" and bare:
                column = root
                for name in bare[1].split("."):
                    column = column.key(name)
                column.items()
    return root


class Maker:
    """Makes documents of a shape; `guesses` says for each open column what it holds."""

    def __init__(self, shape, guesses, fragments, rng, length):
        self.shape, self.guesses, self.fragments, self.rng, self.length = shape, guesses, fragments, rng, length

    def text(self):
        count = self.rng.randint(1, 5)
        return " ".join(self.rng.choices(self.fragments, k=count)) + f" {self.rng.randint(0, 10**6)}"

    def value(self, shape, path):
        if shape.item is not None and not shape.text:
            letters = path.endswith(("label", "labels"))
            return [LETTERS[place] if letters else self.value(shape.item, f"{path}[]") for place in range(self.length)]
        if shape.keys and not shape.text:
            return {name: self.value(inner, f"{path}.{name}") for name, inner in shape.keys.items()}
        guess = self.guesses.get(path, "text")
        place = self.rng.randrange(self.length)
        match guess:
            case "values" if shape.values:
                return self.rng.choice(shape.values)
            case "place":
                return place
            case "one":
                return place + 1
            case "letter":
                return LETTERS[place]
            case "truth":
                return bool(place % 2)
            case "digit":
                return str(place)
            case "digit one":
                return str(place + 1)
            case "list":
                return [self.text(), self.text()]
        return self.text()

    def document(self):
        return {name: self.value(inner, name) for name, inner in self.shape.keys.items()}


def leaves(shape, path=""):
    """The open columns, and whether more than a text is likely."""
    for name, inner in shape.keys.items():
        here = f"{path}.{name}" if path else name
        if inner.item is not None and not inner.text:
            if inner.item.keys:
                yield from leaves(inner.item, f"{here}[]")
        elif inner.keys and not inner.text:
            yield from leaves(inner, here)
        else:
            yield here, inner


def render(task, document):
    """What lm-eval makes of a document; raises where a native case could not hold it."""
    text, target = task.doc_to_text(document), task.doc_to_target(document)
    choices = task.doc_to_choice(document) if task.config.doc_to_choice is not None else None
    task.resolve_field(document, task.config.description)
    task.doc_to_prefix(document)
    examples = task.fewshot_cfg
    task.doc_to_text(document, examples.doc_to_text)
    shown = task.doc_to_target(document, examples.doc_to_target)
    if examples.doc_to_choice is not None and isinstance(shown, int):
        task.doc_to_choice(document, examples.doc_to_choice)[shown]
    if isinstance(text, int) != isinstance(task.doc_to_text(document, examples.doc_to_text), int) or (choices is None and not isinstance(text, str)):
        raise ValueError("the text")
    if choices is None and task.OUTPUT_TYPE != "multiple_choice":
        if not isinstance(target, (str, list)) or not target:
            raise ValueError("the target")
        return
    gold = text if isinstance(text, int) else target
    texts = [str(choice) for choice in choices]
    if len(set(texts)) != len(texts) or "" in texts or len(texts) < 2 or not all(isinstance(choice, str) for choice in choices):
        raise ValueError("the choices")
    if isinstance(text, int) and not isinstance(target, str):
        raise ValueError("the continuation")
    for one in gold if isinstance(gold, list) and gold else [gold]:
        if isinstance(one, bool) or not (isinstance(one, int) and 0 <= one < len(texts) or one in texts):
            raise ValueError("the target")


def settle(task, shape, rng):
    """Guesses with which lm-eval renders a document, its texts and lengths of lists."""
    open_columns = list(leaves(shape))
    kinds = ["text", "place", "letter", "values", "one", "digit", "truth", "digit one", "list"]
    for fragments, length in itertools.product((AWKWARD, PLAIN), (4, 2, 3, 5)):
        for attempt in range(120):
            guesses = {}
            for path, inner in open_columns:
                allowed = ["text", "letter", "digit"] if inner.text and not inner.values else kinds[: 4 + attempt // 20]
                first = "values" if inner.values else "text"
                guesses[path] = first if rng.random() < 0.5 else rng.choice(allowed)
            maker = Maker(shape, guesses, fragments, rng, length)
            try:
                for _ in range(2):
                    render(task, maker.document())
            except Exception:  # noqa: BLE001 - lm-eval's functions raise whatever the template does
                continue
            return maker
    return None


def documents(task, config, counts, seed):
    """For each of `counts` so many documents; None where no columns were found that lm-eval renders."""
    form = shape(config)
    task.features = list(form.keys)
    maker = settle(task, form, random.Random(seed))
    if maker is None:
        return None
    made, wanted = [], sum(counts)
    for _ in range(40 * wanted):
        document = maker.document()
        try:
            render(task, document)
        except Exception:  # noqa: BLE001
            continue
        made.append(document)
        if len(made) == wanted:
            ends = list(itertools.accumulate(counts, initial=0))
            return [made[start:end] for start, end in itertools.pairwise(ends)]
    return None
