"""Libraries of others lie in the package as they were published, each with its licence."""

import json
from hashlib import sha256

from watchfloor.web.static_files import known


def test_every_library_is_the_one_that_the_manifest_names_and_none_is_not_named() -> None:
    files = {name.removeprefix("vendor/"): file for name, file in known().items() if name.startswith("vendor/")}
    listed = json.loads(files.pop("VENDORED.json").data)

    for one in listed:
        assert sha256(files[one["file"]].data).hexdigest() == one["sha256"], one["file"]
        assert files[one["licence_file"]].data
    assert set(files) == {name for one in listed for name in (one["file"], one["licence_file"])}
