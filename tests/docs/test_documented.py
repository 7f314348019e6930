"""The docs name everything that can be named: commands, settings, errors, events, catalogue keys."""

import inspect
import re
import typing
from pathlib import Path

import pytest
from pydantic import AliasChoices, BaseModel

from storyreel.accounts import VARIABLES
from storyreel.domain import errors, events, model
from storyreel.doors.cli.faults import EXIT_CODES
from storyreel.doors.cli.main import app
from storyreel.settings import Settings

DOCS = Path(__file__).parents[2] / "docs"


def headings(page: str) -> set[str]:
    return set(re.findall(r"^#+ (.+)$", (DOCS / page).read_text(), re.MULTILINE))


def test_every_command_has_its_heading() -> None:
    commands = {command.name or "" for command in app.registered_commands}

    assert commands - headings("cli.md") == set()


def test_every_setting_has_its_heading_and_the_example_file_names_it() -> None:
    aliases = {name: field.validation_alias for name, field in Settings.model_fields.items()}
    names = {
        str(alias.choices[0]) if isinstance(alias, AliasChoices) else f"STORYREEL_{name.upper()}"
        for name, alias in aliases.items()
    }
    names |= {variables.key[0] for variables in VARIABLES.values()} | {
        "GOOGLE_CLOUD_PROJECT",
        "STORYREEL_PROXY",
        "STORYREEL_TIMEOUT",
    }
    example = set(re.findall(r"^# ([A-Z_]+)=", (DOCS.parent / ".env.example").read_text(), re.MULTILINE))
    assert names - headings("settings.md") == set()
    assert names == example


def test_every_error_has_its_heading_and_its_exit_code() -> None:
    codes = {
        kind.code
        for kind in vars(errors).values()
        if inspect.isclass(kind) and issubclass(kind, errors.StoryreelError) and kind is not errors.StoryreelError
    }

    assert codes - headings("errors.md") == set()
    assert codes - set(EXIT_CODES) == set()


def test_every_event_has_its_heading() -> None:
    kinds = {
        typing.get_args(kind.model_fields["kind"].annotation)[0]
        for kind in vars(events).values()
        if inspect.isclass(kind)
        and issubclass(kind, BaseModel)
        and kind.__module__ == events.__name__
        and "kind" in kind.model_fields
    }

    assert kinds - headings("events.md") == set()


@pytest.mark.parametrize(
    "kind", [model.Model, model.Limits, model.Durations, model.Times, model.Route, model.Parameter, model.Price, model.PriceRow]
)
def test_every_key_of_a_catalogue_file_is_explained(kind: type[BaseModel]) -> None:
    page = (DOCS / "catalogue.md").read_text()

    assert [key for key in kind.model_fields if f"`{key}`" not in page] == []


def test_the_requirements_that_tests_name_are_those_that_the_docs_list() -> None:
    tests = "".join(path.read_text() for path in DOCS.parent.glob("tests/**/test_*.py"))
    named = re.findall(r"^(?:.* )?Requirements? (.+)$", tests, re.MULTILINE)
    listed = re.findall(r"^\| ([A-F]\d+) \|", (DOCS / "requirements.md").read_text(), re.MULTILINE)

    assert {id for line in named for id in re.findall(r"\b[A-F]\d+\b", line)} == set(listed)


@pytest.mark.parametrize(
    "page", [*DOCS.glob("*.md"), DOCS.parent / "README.md", DOCS.parent / "CONTRIBUTING.md"], ids=lambda p: p.name
)
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text())

    assert [link for link in links if not (page.parent / link).exists()] == []
