import json
from importlib import resources

import pytest

from watchfloor.core.errors import ConfigError
from watchfloor.web import world as module
from watchfloor.web.frame import around
from watchfloor.web.land_svg import borders, country, land
from watchfloor.web.world import geojson, world


def test_the_map_is_small_and_its_licence_is_with_it() -> None:
    folder = resources.files("watchfloor.web").joinpath("data")

    assert len(folder.joinpath("world.json.gz").read_bytes()) < 300_000
    assert "Bostock" in folder.joinpath("world-atlas-LICENSE.txt").read_text()


def test_no_edge_of_a_country_runs_across_the_map() -> None:
    for one in world().countries:
        for ring in one.rings:
            steps = [(a[0] - b[0], a[1]) for a, b in zip(ring.points, ring.points[1:], strict=False)]
            assert all(abs(step) < 40 or north == -90 for step, north in steps), one.name
            assert ring.points[0] == ring.points[-1]
            assert -180 <= ring.box[0] <= ring.box[2] <= 180


@pytest.mark.parametrize("code", ["RUS", "UKR", "KOR", "PRK", "USA", "FJI", "ATA", "XKX", "LSO"])
def test_countries_are_found_by_our_codes(code: str) -> None:
    assert sum(one.code == code for one in world().countries) == 1


def test_a_changed_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DIGESTS", {"world.json.gz": "0"})

    with pytest.raises(ConfigError, match="install the program anew"):
        module.world.__wrapped__()


def test_the_map_as_geojson_has_every_country_once() -> None:
    made = json.loads(json.dumps(geojson()))

    names = [feature["properties"]["name"] for feature in made["features"]]
    assert len(names) == len(set(names)) == len(world().countries)


def test_a_close_look_holds_little_and_the_whole_earth_no_more_than_its_pixels_show() -> None:
    near, whole = around([(127.0, 37.5)], 960.0, 620.0), around([], 960.0, 620.0)

    assert len(land(near)) < 40_000
    assert len(land(whole)) + len(borders(whole)) < 250_000


def test_a_country_out_of_sight_has_no_shape() -> None:
    frame = around([(127.0, 37.5)], 960.0, 620.0)

    assert country(frame, "BRA") == ""
    assert country(frame, "KOR").endswith("z")


def test_all_points_are_inside_the_frame_with_a_margin() -> None:
    points = [(-170.0, 60.0), (170.0, -40.0), (150.0, 10.0)]

    frame = around(points, 960.0, 620.0)

    for x, y in points:
        across, down = frame.at(x, y)
        assert 20 < across < frame.width - 20
        assert 10 < down < frame.height - 10


def test_disputed_land_is_shaded_with_neither_state() -> None:
    named = {one.name: one for one in world().countries}

    assert named["Crimea"].code == ""
    (west, south, east, north) = named["Crimea"].rings[0].box
    assert 32 < west < east < 37
    assert 44 < south < north < 47
    assert all(ring.box != named["Crimea"].rings[0].box for ring in named["Russia"].rings)
