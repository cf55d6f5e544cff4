"""The values that drafting takes: a deal and its parties, as plain data."""

from datetime import date

from pydantic import BaseModel, ConfigDict, EmailStr, Field


class PartyInput(BaseModel):
    """A side of an agreement and who signs for it."""

    model_config = ConfigDict(str_strip_whitespace=True)

    company_id: int | None = None
    name_vi: str = Field(min_length=1, max_length=200)
    name_en: str = Field("", max_length=200)
    tax_code: str = ""
    address: str = ""
    representative: str = Field(min_length=1, max_length=120)
    representative_title: str = Field("", max_length=120)
    email: EmailStr
    language: str = "vi"


class Deal(BaseModel):
    """What the parties agree on: whole units of a currency, or no value at all."""

    model_config = ConfigDict(str_strip_whitespace=True)

    subject_vi: str = Field(min_length=1, max_length=300)
    subject_en: str = Field("", max_length=300)
    value: int | None = Field(None, ge=0, le=10**15)
    value_currency: str = Field("VND", pattern="^[A-Z]{3}$")
    is_confidential: bool = False
    place: str = Field("", max_length=200)
    valid_until_on: date | None = None
    sector: str | None = None
    partner_country: str = "VN"
    meeting_id: int | None = None
    technology_id: int | None = None
    project_id: int | None = None
