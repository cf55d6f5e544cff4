"""The accounts of the demo: one for each role, all with one password that is made once and kept for its owner."""

import os
import secrets
from pathlib import Path

from flask import current_app

from techfair.accounts import people
from techfair.accounts.models import FairRole, UnitRole
from techfair.accounts.passwords import set_password
from techfair.exhibitors.models import Company, CompanyMember
from techfair.extensions import db
from techfair.fairs.models import Fair

FILE = "demo-accounts.txt"
ROLES = {
    "organizer@example.vn": ("Nguyễn Thị Hồng Hạnh", "organizer"),
    "steward@example.vn": ("Siu H'Bia", "gate steward"),
    "exhibitor@example.vn": ("Võ Thanh Vân", "exhibitor"),
    "admin@example.vn": ("Lê Quang Vinh", "administrator"),
}
EXHIBITOR = "c001"


def appoint(fair: Fair, companies: dict[str, Company]) -> None:
    """Make the four people and give each what its role may do."""
    users = {email: people.person(email, name) for email, (name, _role) in ROLES.items()}
    db.session.add_all(
        [
            UnitRole(user_id=users["organizer@example.vn"].id, unit_id=fair.unit_id, role="admin"),
            FairRole(user_id=users["steward@example.vn"].id, fair_id=fair.id, gate_codes=["A"]),
            CompanyMember(user_id=users["exhibitor@example.vn"].id, company_id=companies[EXHIBITOR].id),
        ]
    )
    users["admin@example.vn"].is_administrator = True
    password = _kept_password()
    for user in users.values():
        set_password(user, password)


def listing() -> str:
    """Address, password and role of each account, a line each; empty where the demo was never loaded here."""
    file = _file()
    return file.read_text(encoding="utf-8") if file.exists() else ""


def _kept_password() -> str:
    """The password of an earlier load, else a new one, written down for the owner of the instance alone."""
    if kept := listing():
        return kept.split()[1]
    password = secrets.token_urlsafe(9)
    lines = [f"{email:<22} {password}  {role}\n" for email, (_name, role) in ROLES.items()]
    descriptor = os.open(_file(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(lines)
    return password


def _file() -> Path:
    return Path(current_app.extensions["settings"].instance) / FILE
