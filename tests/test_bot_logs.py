"""A line of the bot's log is a constant sentence: what varies stands in fields, where it can be searched for."""

import ast
from collections.abc import Iterator
from pathlib import Path

import bot
from cli.logs import FIELDS

LEVELS = ("debug", "info", "warning", "error", "exception", "critical")


def log_calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(Path(bot.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="log"), attr=level)) if level in LEVELS:
                    yield f"{path.name}:{node.lineno}", node


def test_no_sentence_is_put_together():
    calls = dict(log_calls())
    assert len(calls) > 10
    for place, call in calls.items():
        constant = isinstance(call.args[0], ast.Constant | ast.Subscript)  # a subscript: one of some constants
        assert constant and len(call.args) == 1, place


def test_every_field_is_one_that_the_log_carries():
    for place, call in log_calls():
        for word in call.keywords:
            if isinstance(word.value, ast.Dict):
                assert {key.value for key in word.value.keys} <= set(FIELDS), place
