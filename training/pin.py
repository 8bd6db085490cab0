"""Write the digests of the shipped model into the engine, so that the product knows its own files.

python training/pin.py src/watchfloor/annotate/data/model src/watchfloor/annotate/engine.py
"""

import hashlib
import re
import sys
from pathlib import Path


def main() -> None:
    """Replace the digests in the file named second by those of the folder named first."""
    folder, code = Path(sys.argv[1]), Path(sys.argv[2])
    text = code.read_text(encoding="utf-8")
    for name in re.findall(r'^    "([\w.]+\.(?:onnx|npz|json|txt|gz))": "', text, re.MULTILINE):
        digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        text = re.sub(rf'^(    "{re.escape(name)}": )"[0-9a-f]*"', rf'\g<1>"{digest}"', text, flags=re.MULTILINE)
        print(digest, name)
    code.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
