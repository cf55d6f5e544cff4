"""What tests of the gates' pages share: an entrance, badges at it, a device that joins, a camera that shows a film."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from techfair.extensions import db
from techfair.fairs import keys
from techfair.fairs.models import Fair
from techfair.visitors import badges, devices, registering
from techfair.visitors.gate_models import Gate
from techfair.visitors.registering import RegistrationInput

HOLD = 10  # times that each scene is shown before the next, for making a frame takes longer than showing it
RECIPE = Path(__file__).parents[1] / "recipes" / "fake_camera.py"


@pytest.fixture
def entrance(fair: Fair) -> Gate:
    """Gate A of a fair with keys."""
    keys.create(fair)
    gate = Gate(fair_id=fair.id, code="A", name_vi="Cổng A")
    db.session.add(gate)
    db.session.commit()
    return gate


@pytest.fixture
def join_code(fair: Fair, entrance: Gate) -> str:
    """The code by which one device joins the entrance."""
    _, code = devices.invite(fair, [entrance], "Điện thoại", None)
    db.session.commit()
    return code


@pytest.fixture
def badge_pictures(fair: Fair, entrance: Gate, tmp_path: Path) -> Callable[[Sequence[str]], dict[str, Path]]:
    """A picture of a badge's code for each of these people, by name."""

    def made(names: Sequence[str]) -> dict[str, Path]:
        pictures = {}
        for number, name in enumerate(names):
            given = RegistrationInput(full_name=name, email=f"nguoi{number}@example.vn")
            badge = badges.valid_badge(registering.register(fair, given))
            assert badge
            pictures[name] = tmp_path / f"badge{number}.png"
            pictures[name].write_bytes(badges.as_png(badge, fair))
        db.session.commit()  # an open transaction would keep the served application waiting
        return pictures

    return made


@pytest.fixture
def film(tmp_path: Path) -> Callable[..., str]:
    """A camera that shows pictures, each as the recipe's options say, as a flag of Chromium."""

    def made(*scenes: Sequence[Any]) -> str:
        whole = tmp_path / "camera.mjpeg"
        with whole.open("wb") as out:  # one picture after another is all that this format is
            for number, (picture, *options) in enumerate(scenes):
                part = tmp_path / f"scene{number}.mjpeg"
                command = [sys.executable, RECIPE, part, picture, *map(str, options)]
                subprocess.run(command, check=True)
                out.write(part.read_bytes() * HOLD)
        return f"--use-file-for-fake-video-capture={whole}"

    return made
