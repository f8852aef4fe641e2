"""The house rules that a tool can hold: style, types, layers, and no loose ends."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent


@pytest.mark.parametrize(
    "command",
    [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"], ["lint-imports"]],
    ids=lambda command: " ".join(command[:2]),
)
def test_a_linter_finds_nothing(command):
    run = subprocess.run([BIN / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert run.returncode == 0, run.stdout + run.stderr


def tracked():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_nothing_stands_in_the_way_of_compiling():
    """mypyc (`make compile`) takes no starred tuple, list or set behind "in": a set made beforehand is faster too."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for part in ("reading", "judging", "lexicon")
        for path in (ROOT / "src/claimstream" / part).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Compare)
        for how, right in zip(node.ops, node.comparators, strict=True)
        if isinstance(how, ast.In | ast.NotIn)
        and isinstance(right, ast.Tuple | ast.List | ast.Set)
        and any(isinstance(one, ast.Starred) for one in right.elts)
    ]
    assert not found


def test_no_property_loses_its_memory_when_compiled():
    """mypyc makes of a cached_property one that reckons anew each time, which costs linear time."""
    paths = [*(ROOT / "src/claimstream/reading").rglob("*.py"), *(ROOT / "src/claimstream/lexicon").glob("*.py")]
    assert [path.name for path in paths if "@cached_property" in path.read_text()] == []


def test_architecture_says_what_each_module_is_for():
    page = (ROOT / "docs/architecture.md").read_text()
    modules = sorted((ROOT / "src/claimstream").rglob("*.py"))
    missing = [
        p.name
        for p in modules
        if p.name != "__init__.py" and f"`{p.relative_to(ROOT / 'src/claimstream')}`" not in page
    ]
    assert not missing, f"docs/architecture.md has no line for {missing}"


def test_every_command_and_setting_is_documented():
    from typer.main import get_command

    from claimstream.commands.cli import app
    from claimstream.edges.config import Settings

    manual = (ROOT / "docs/manual.md").read_text()
    commands = [name for name in get_command(app).commands if f"claimstream {name}" not in manual]
    settings = [name for name in Settings.model_fields if f"`{name}`" not in manual]
    assert not commands and not settings, f"docs/manual.md lacks {commands + settings}"


def test_the_lock_names_versions_and_no_addresses():
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    assert lines and all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!_-]+", line) for line in lines)
