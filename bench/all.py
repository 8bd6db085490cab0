"""Every bench, held against the floors of floors.json; exit code 1 when one is missed."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> int:
    """Run every bench that has floors and print ours beside the floor; return 1 when a floor is missed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", default=str(HERE.parents[1] / "shared" / "bench"))
    given = arguments.parse_args()
    missed = 0
    for bench, floors in json.loads((HERE / "floors.json").read_text(encoding="utf-8")).items():
        command = [sys.executable, str(HERE / f"{bench}.py"), "--json", "--data", given.data]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{bench}: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else 'failed'}")
            missed += 1
            continue
        for name, value in json.loads(done.stdout).items():
            floor = floors.get(name)
            below = floor is not None and value < floor
            missed += below
            held = "" if floor is None else f"floor {floor:.3f}{' MISSED' if below else ''}"
            print(f"{bench:<12} {name:<24} {value:>10.3f}   {held}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
