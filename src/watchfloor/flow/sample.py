"""Where the sample situation lies."""

from importlib.resources import files
from pathlib import Path

from watchfloor.core.errors import ConfigError


def reports() -> Path:
    """Return the folder of the sample reports: inside an installed package, or beside the source in a checkout."""
    installed = Path(str(files("watchfloor"))) / "situation" / "reports"
    checkout = Path(__file__).resolve().parents[3] / "examples" / "situation" / "reports"
    for folder in (installed, checkout):
        if folder.is_dir():
            return folder
    raise ConfigError(f"the sample reports are neither in {installed} nor in {checkout}; install Watchfloor again")


def watch_file() -> Path:
    """Return the file with the indicators and measures of the sample situation."""
    found = reports().with_name("watch.toml")
    if not found.is_file():
        raise ConfigError(f"{found} is missing; install Watchfloor again")
    return found
