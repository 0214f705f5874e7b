"""A contract for import-linter: each library has its doors, the only modules that import it (`make lint`).

A module that is not named is shut out, so a new one is until somebody opens a door for it. A door is a module, or a
package with all that is in it. Libraries of Python itself have doors only if the table names them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, output
from importlinter.domain.fields import Field, ValidationError


class Table(Field[dict[str, tuple[str, ...]]]):
    """A table of names, each with those that belong to it."""

    def parse(self, raw_data: Any) -> dict[str, tuple[str, ...]]:
        """Return the table; ValidationError where it is none."""
        if not isinstance(raw_data, dict) or not all(
            isinstance(others, list) for others in raw_data.values()
        ):
            raise ValidationError("Write one line a name: rapidfuzz = ['knowledge.names.near'].")
        return {name: tuple(others) for name, others in raw_data.items()}


class DoorsContract(Contract):
    """Kept when every library is imported at its doors alone, and every door is in use."""

    type_name = "doors"
    # A table once the contract is made.
    doors: Any = Table()

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Return every import past a door, and every door that nobody goes through."""
        problems = [*self._past_the_doors(graph), *self._unused(graph)]
        return ContractCheck(kept=not problems, metadata={"problems": problems})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print one line a problem."""
        for problem in check.metadata["problems"]:
            output.print_error(problem, bold=False)
        output.new_line()

    def _past_the_doors(self, graph: ImportGraph) -> Iterator[str]:
        for library in sorted(_libraries(graph, self.session_options["root_packages"])):
            doors = self.doors.get(library)
            if doors is None and library in sys.stdlib_module_names:
                continue
            for importer in sorted(graph.find_modules_that_directly_import(library)):
                if not any(is_in(importer, door) for door in doors or ()):
                    line = graph.get_import_details(importer=importer, imported=library)[0]["line_number"]
                    allowed = f"its doors are {', '.join(doors)}" if doors else "it has no door"
                    yield f"{importer} imports {library} (l. {line}), but {allowed}."

    def _unused(self, graph: ImportGraph) -> Iterator[str]:
        for library, doors in self.doors.items():
            importers = graph.find_modules_that_directly_import(library) if library in graph.modules else ()
            for door in doors:
                if not any(is_in(importer, door) for importer in importers):
                    yield f"{door} is a door of {library}, but imports it nowhere."


def _libraries(graph: ImportGraph, ours: list[str]) -> set[str]:
    return {module for module in graph.modules if module.partition(".")[0] not in ours}


def is_in(module: str, package: str) -> bool:
    """Say whether `module` is `package` or lies in it."""
    return module == package or module.startswith(f"{package}.")
