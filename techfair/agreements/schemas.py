"""The values that drafting takes: a deal and its parties, as plain data."""

from datetime import date
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, EmailStr, Field, model_validator

from techfair.agreements.deal.models import MOST_MILESTONES

MOST_VALUE = 10**15


class PartyInput(BaseModel):
    """A side of an agreement and who signs for it; ``id`` where the side stands in the draft already."""

    model_config = ConfigDict(str_strip_whitespace=True)

    id: int | None = None
    company_id: int | None = None
    name_vi: str = Field(min_length=1, max_length=200)
    name_en: str = Field("", max_length=200)
    tax_code: str = ""
    address: str = ""
    representative: str = Field(min_length=1, max_length=120)
    representative_title: str = Field("", max_length=120)
    email: EmailStr
    language: str = "vi"


class MilestoneInput(BaseModel):
    """What is promised by a day; ``planned`` is capital (of ``currency``), or a number of jobs or technologies."""

    model_config = ConfigDict(str_strip_whitespace=True)

    title_vi: str = Field(min_length=1, max_length=200)
    title_en: str = Field("", max_length=200)
    due_on: date
    measure: str = "step"
    planned: int | None = Field(None, gt=0, le=MOST_VALUE)
    currency: str | None = Field(None, pattern="^[A-Z]{3}$")  # none: đồng, or no capital
    rate: Decimal | None = Field(None, gt=0)
    rate_on: date | None = None


class Deal(BaseModel):
    """What the parties agree on: whole units of a currency, a range of them, or no value at all."""

    model_config = ConfigDict(str_strip_whitespace=True)

    subject_vi: str = Field(min_length=1, max_length=300)
    subject_en: str = Field("", max_length=300)
    languages: str = "both"
    value: int | None = Field(None, ge=0, le=MOST_VALUE)
    value_high: int | None = Field(None, ge=0, le=MOST_VALUE)
    value_currency: str = Field("VND", pattern="^[A-Z]{3}$")
    value_rate: Decimal | None = Field(None, gt=0)
    value_rate_on: date | None = None
    is_confidential: bool = False
    place: str = Field("", max_length=200)
    area_m2: int | None = Field(None, gt=0)
    transfer_form: str | None = None
    valid_until_on: date | None = None
    sector: str | None = None
    partner_country: str = "VN"
    technology_ids: list[int] = Field(default_factory=list)
    milestones: list[MilestoneInput] = Field(default_factory=list, max_length=MOST_MILESTONES)
    meeting_id: int | None = None
    connection_id: int | None = None
    project_id: int | None = None

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> "Deal":
        if self.value_high is not None and (self.value is None or self.value_high <= self.value):
            raise ValueError("a range ends above its beginning")
        if (self.value_rate is None) != (self.value_rate_on is None):
            raise ValueError("a rate is that of a day")
        return self
