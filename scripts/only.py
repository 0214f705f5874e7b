"""A contract for import-linter: some packages import nothing but what is allowed (`make lint`).

It is about modules of our own, or about Python's own libraries. What nobody allowed is shut out, and so is a module or
library that comes later. What else packages import is the business of other contracts.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, output
from importlinter.domain.fields import Field, ListField, StringField, ValidationError

from scripts.doors import Table, is_in


class Among(Field[str]):
    """What a contract is about: "ours" or "python"."""

    def parse(self, raw_data: Any) -> str:
        """Return it; ValidationError where it is neither."""
        if raw_data not in ("ours", "python"):
            raise ValidationError('Write "ours" or "python".')
        return str(raw_data)


class OnlyContract(Contract):
    """Kept when `modules` import only `allowed` among these, or what `besides` allows one of them, and all of it."""

    type_name = "only"
    # Lists, a word and a table once the contract is made. Packages stand for all that is in them.
    modules: Any = ListField(subfield=StringField())
    among: Any = Among()
    allowed: Any = ListField(subfield=StringField())
    besides: Any = Table(default={})

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Return every import that is not allowed, and all that is allowed and not imported."""
        found = list(self._imports(graph))
        problems = [*self._not_allowed(graph, found), *self._unused(found)]
        return ContractCheck(kept=not problems, metadata={"problems": problems})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print one line a problem."""
        for problem in check.metadata["problems"]:
            output.print_error(problem, bold=False)
        output.new_line()

    def _imports(self, graph: ImportGraph) -> Iterator[tuple[str, str]]:
        """Yield who imports what, of what the contract is about."""
        ours = self.session_options["root_packages"]
        for importer in sorted(graph.modules):
            if any(is_in(importer, package) for package in self.modules):
                for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                    first = imported.partition(".")[0]
                    if first in ours if self.among == "ours" else first in sys.stdlib_module_names:
                        yield importer, imported

    def _not_allowed(self, graph: ImportGraph, found: list[tuple[str, str]]) -> Iterator[str]:
        for importer, imported in found:
            if not any(is_in(imported, name) for name in (*self.allowed, *self.besides.get(importer, ()))):
                line = graph.get_import_details(importer=importer, imported=imported)[0]["line_number"]
                yield f"{importer} imports {imported} (l. {line}), and nobody allowed it."

    def _unused(self, found: list[tuple[str, str]]) -> Iterator[str]:
        for name in self.allowed:
            if not any(is_in(imported, name) for _, imported in found):
                yield f"{name} is allowed, but imported nowhere."
        for importer, names in self.besides.items():
            for name in names:
                if not any(who == importer and is_in(imported, name) for who, imported in found):
                    yield f"{importer} may import {name}, but does not."
