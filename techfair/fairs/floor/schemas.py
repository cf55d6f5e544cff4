"""A hall's drawing as it goes between the browser and the server, whole each time."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from techfair.fairs import booth_codes

GRID = 200  # squares of a hall's plan, at most, to each side
MOST_BOOTHS, MOST_FEATURES = 1000, 400
WAYS = ("aisle", "entrance")  # where nothing may stand

Side = Annotated[int, Field(ge=1, le=GRID)]
Start = Annotated[int, Field(ge=0, lt=GRID)]
Label = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]
Code = Annotated[
    str,
    BeforeValidator(lambda typed: str(typed).strip().upper()),
    StringConstraints(pattern=f"^(?:{booth_codes.CODE.pattern})$"),
]
FeatureKind = Literal["aisle", "entrance", "power", "water", "zone", "other"]
Category = Literal["standard", "corner", "island", "outdoor"]


class Drawn(BaseModel):
    """Whole squares of the grid, from the upper left."""

    model_config = ConfigDict(extra="forbid")

    x: Start
    y: Start
    width: Side
    height: Side


class DrawnBooth(Drawn):
    """A booth; one without ``id`` is new."""

    id: int | None = None
    code: Code
    category: Category = "standard"
    square_metres: Annotated[int, Field(ge=1, le=10_000)] = 9
    is_blocked: bool = False


class Feature(Drawn):
    """What else is drawn: ways, connections for power and water, the zone of a sector, anything with a name."""

    kind: FeatureKind
    label_vi: Label = ""
    label_en: Label = ""
    sector: Annotated[str, StringConstraints(max_length=40)] = ""


class Drawing(BaseModel):
    """A hall as drawn; ``version`` is the one that the drawing began from."""

    model_config = ConfigDict(extra="forbid")

    version: int
    columns: Side
    rows: Side
    booths: Annotated[list[DrawnBooth], Field(max_length=MOST_BOOTHS)]
    features: Annotated[list[Feature], Field(max_length=MOST_FEATURES)] = []

    @property
    def ways(self) -> list[Feature]:
        return [feature for feature in self.features if feature.kind in WAYS]
