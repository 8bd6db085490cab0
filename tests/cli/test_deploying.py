"""The files in deploy/: every command in them exists, and they are as closed as they say."""

import json
import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from watchfloor.cli.main import app
from watchfloor.flow.configuration import Configuration
from watchfloor.flow.service import Health
from watchfloor.web.operations import answering

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = ("watchfloor.service", "watchfloor-work@.service")
yaml: Any = pytest.importorskip("yaml")


def understood(words: Sequence[str]) -> str:
    """Return the command that these words call, without calling it; a word that it does not know is an error."""
    command: Any = typer.main.get_command(app)
    rest, path = list(words), []
    while getattr(command, "commands", None):
        path.append(rest.pop(0))
        command = command.commands[path[-1]]
    command.make_context(" ".join(path), rest)
    return " ".join(path)


def settings(unit: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (DEPLOY / unit).read_text().splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found.setdefault(name, []).append(value)
    return found


def instructions() -> list[tuple[str, str]]:
    """Return the instructions of the Containerfile."""
    text = re.sub(r"\\\n\s*", " ", (DEPLOY / "Containerfile").read_text())
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines)]


def told(word: str) -> Iterator[str]:
    yield from (rest for name, rest in instructions() if name == word)


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_calls_a_command_that_there_is_and_gives_it_nothing_but_its_own_folder(unit: str) -> None:
    said = settings(unit)
    program, *words = shlex.split(said["ExecStart"][0])

    assert program == "/opt/watchfloor/bin/watchfloor"
    assert understood(words) == ("run" if unit == UNITS[0] else "work")
    assert said["User"] == ["watchfloor"]
    assert (said["NoNewPrivileges"], said["ProtectSystem"], said["Restart"]) == (["yes"], ["strict"], ["on-failure"])
    assert (said["StateDirectory"], said["WorkingDirectory"]) == (["watchfloor"], ["/var/lib/watchfloor"])
    assert int(said["TimeoutStopSec"][0]) >= 4 * Configuration().seconds_per_report


def test_systemd_takes_the_units_and_finds_them_closed(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd is not installed here")
    for unit in UNITS:
        text = (DEPLOY / unit).read_text().replace("/opt/watchfloor/bin/watchfloor", "/bin/true")
        (tmp_path / unit).write_text(text)
    paths = [str(tmp_path / unit) for unit in UNITS]
    verified = subprocess.run([program, "verify", "--man=no", *paths], capture_output=True, text=True, check=False)
    judged = [
        subprocess.run(
            [program, "security", "--offline=true", "--threshold=20", path], capture_output=True, text=True, check=False
        )
        for path in paths
    ]

    assert (verified.returncode, verified.stderr) == (0, "")
    assert [one.returncode for one in judged] == [0, 0], judged[0].stdout[-500:]


def test_the_container_builds_from_what_there_is() -> None:
    lock = (ROOT / "requirements/base.lock").read_text()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    copied = [word for rest in told("COPY") if "--from" not in rest for word in rest.split()[:-1]]
    (extras,) = {match for rest in told("RUN") for match in re.findall(r"watchfloor\[([a-z,]+)\]", rest)}
    needed = [project["project"]["readme"], *project["project"]["license-files"], "pyproject.toml"]
    needed += project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    needed += list(project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"])

    assert all((ROOT / path).exists() for path in copied)
    assert set(extras.split(",")) <= set(project["project"]["optional-dependencies"])
    assert all(any(Path(path).is_relative_to(there) for there in copied) for path in needed)
    assert "--hash=" in lock
    assert {rest.split(" ")[0] for rest in told("FROM")} == {"docker.io/library/python:3.11-slim-bookworm"}
    assert project["project"]["requires-python"] == ">=3.11"


def test_the_container_runs_as_nobody_special_what_the_command_line_knows() -> None:
    (user,) = told("USER")
    (entry,) = told("ENTRYPOINT")
    (words,) = told("CMD")
    (check,) = told("HEALTHCHECK")
    program, *asked = json.loads(check.partition("CMD")[2])

    assert user == "10001:10001"
    assert json.loads(entry) == ["watchfloor"]
    assert understood(json.loads(words)) == "run"
    assert (program, understood(asked)) == ("watchfloor", "jobs health")
    assert list(told("STOPSIGNAL")) == ["SIGTERM"]
    assert "org.opencontainers.image.title" in next(told("LABEL"))


def test_the_composition_runs_closed_and_its_commands_are_known() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    ours = {name: one for name, one in services.items() if one.get("image") == "watchfloor"}

    assert {name: understood(one["command"]) for name, one in ours.items()} == {"watchfloor": "run", "reader": "work"}
    for one in ours.values():
        assert (one["read_only"], one["cap_drop"], one["security_opt"]) == (True, ["ALL"], ["no-new-privileges:true"])
        assert one["build"]["dockerfile"] == "deploy/Containerfile"
        assert one["environment"]["WATCHFLOOR_DB"].startswith("postgresql://")
        assert understood(one["healthcheck"]["test"][2:]) == "jobs health"
    assert all(port.startswith("127.0.0.1:") for one in services.values() for port in one.get("ports", ()))


def test_every_command_in_the_comments_and_on_the_page_about_operations_is_known() -> None:
    text = (DEPLOY / "compose.yaml").read_text()
    (people,) = re.findall(r"--rm -T watchfloor (people add .+) < secret", text)
    page = (ROOT / "docs/operations.md").read_text()
    typed = [
        line.split("  ")[0].removeprefix("watchfloor ").replace("[JOB]", "job_1")
        for line in re.findall(r"^    (watchfloor .+)$", page, re.MULTILINE)
    ]

    assert understood(shlex.split(people)) == "people add"
    assert len(typed) >= 5
    assert all(understood(shlex.split(line)) for line in typed)


def test_a_health_check_says_how_the_service_fares_and_ends_with_three_when_it_is_not_well() -> None:
    fares = [Health(is_alive=True, is_ready=True), Health(is_alive=False, is_ready=False, because=("it hangs",))]
    with answering("127.0.0.1", 0, lambda: fares[0], lambda: "") as port:
        well = CliRunner().invoke(app, ["jobs", "health", "--ops", f"127.0.0.1:{port}"])
        fares.pop(0)
        ill = CliRunner().invoke(app, ["jobs", "health", "--ready", "--ops", f"127.0.0.1:{port}"])
    gone = CliRunner().invoke(app, ["jobs", "health", "--ops", f"127.0.0.1:{port}"])

    assert (well.exit_code, well.stdout) == (0, "ok\n")
    assert (ill.exit_code, ill.stdout) == (3, "it hangs\n")
    assert gone.exit_code == 3
    assert "nobody answers" in gone.stderr
