"""What stands in a Fluent file: its texts by name, and what each of them uses. A term's name begins with a dash."""

from collections.abc import Mapping

from fluent.syntax import FluentSerializer, ast
from fluent.syntax.visitor import Visitor

Entry = ast.Message | ast.Term
Entries = Mapping[str, Entry]


class Used(Visitor):
    """The variables and the texts that a text uses, in all its variants."""

    def __init__(self, entry: Entry) -> None:
        self.variables: set[str] = set()
        self.texts: set[str] = set()
        self.visit(entry)

    def generic_visit(self, node: ast.BaseNode) -> None:
        if isinstance(node, ast.VariableReference):
            self.variables.add(node.id.name)
        elif isinstance(node, ast.MessageReference):
            self.texts.add(node.id.name)
        elif isinstance(node, ast.TermReference):
            self.texts.add(f"-{node.id.name}")
        super().generic_visit(node)


def entries_of(resource: ast.Resource) -> dict[str, Entry]:
    """The texts of a file; of two with one name the last."""
    return {name_of(entry): entry for entry in resource.body if isinstance(entry, Entry)}


def name_of(entry: Entry) -> str:
    """As it is written in the file."""
    return f"-{entry.id.name}" if isinstance(entry, ast.Term) else entry.id.name


def used_by(name: str, entries: Entries, *, above: frozenset[str] = frozenset()) -> Used:
    """Variables and texts of a text and of all that it refers to."""
    used = Used(entries[name])
    above |= {name}
    for other in (used.texts & entries.keys()) - above:
        deeper = used_by(other, entries, above=above)
        used.variables |= deeper.variables
        used.texts |= deeper.texts
    return used


def source_of(name: str, entries: Entries) -> str:
    """A text as it is written in a file, without the comments above it."""
    entry = entries[name].clone()
    entry.comment = None
    return "\n".join(line.rstrip() for line in FluentSerializer().serialize_entry(entry).strip("\n").split("\n"))
