"""However people press, an agreement takes only steps of the table, and its frozen text never changes."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from techfair.accounts.models import User
from techfair.agreements import content, drafting, filing, signing
from techfair.agreements.models import Agreement
from techfair.agreements.negotiation import talking
from techfair.agreements.schemas import Deal, PartyInput
from techfair.core.errors import TechfairError
from techfair.extensions import db

DEEDS = st.lists(
    st.one_of(
        st.sampled_from(
            [("change",), ("share",), ("freeze",), ("invite",), ("ask_again",), ("abandon",), ("complete",)]
        ),
        st.tuples(st.sampled_from(["send_code", "confirm", "confirm_wrong", "decline"]), st.integers(0, 1)),
    ),
    max_size=14,
)


class Desk:
    """Does what people may press, with the newest code of each signer at hand."""

    def __init__(self, agreement: Agreement, by: User, monkeypatch: pytest.MonkeyPatch) -> None:
        self.agreement, self.by = agreement, by
        self.codes: dict[int, str] = {}
        monkeypatch.setattr(signing, "_mail", self._mail)

    def _mail(self, signature: Any, agreement: Any, template: str, **context: Any) -> None:
        if "code" in context:
            self.codes[signature.id] = context["code"]

    def press(self, deed: str, side: int = 0) -> None:
        agreement, by = self.agreement, self.by
        if deed == "change":
            parties = [PartyInput(name_vi="Bên", representative="Người", email=f"p{n}@example.vn") for n in (1, 2)]
            drafting.change(agreement, Deal(subject_vi="Khác"), parties, by=by, version=agreement.version)
        elif deed == "abandon":
            drafting.abandon(agreement, by=by, reason="Thôi")
        elif deed == "share":
            talking.share(agreement, by=by)
            for party in agreement.parties:
                talking.agree(agreement, party, content.digest(agreement))
        elif deed == "freeze":
            drafting.freeze(agreement, by=by)
        elif deed in {"invite", "ask_again"}:
            getattr(signing, deed)(agreement, by=by)
        elif deed == "complete":
            signing.complete(agreement)
        else:
            self._as_signer(deed, side)

    def _as_signer(self, deed: str, side: int) -> None:
        signatures = self.agreement.parties[side].signatures
        if not signatures:
            return
        signature = signatures[0]
        if deed == "send_code":
            signing.send_code(signature, self.agreement)
        elif deed == "decline":
            signing.decline(signature, self.agreement, "Không")
        else:
            code = self.codes.get(signature.id, "000000")
            signing.confirm(signature, self.agreement, "x" if deed == "confirm_wrong" else code)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_no_history_of_deeds_skips_a_step_or_changes_a_settled_text(
    make_draft: Callable[..., Agreement], manager: User, monkeypatch: pytest.MonkeyPatch, deeds: list[tuple[Any, ...]]
) -> None:
    for step in ("begin", "add", "seal"):
        monkeypatch.setattr(filing, step, lambda *given, **more: {})
    agreement = make_draft()
    desk = Desk(agreement, manager, monkeypatch)
    for deed in deeds:
        before, frozen = agreement.state, agreement.frozen_digest
        with suppress(TechfairError):
            desk.press(*deed)
        db.session.flush()
        assert agreement.state == before or _may_lead(before, agreement.state)
        assert frozen is None or frozen == agreement.frozen_digest == content.digest(agreement)
        all_signed = all(one.state == "signed" for one in signing.signatures_of(agreement))
        assert agreement.is_binding == (agreement.state in {"sealing", "completed"})
        assert not agreement.is_binding or (all_signed and len(signing.signatures_of(agreement)) == 2)
    db.session.rollback()


def _may_lead(before: str, after: str) -> bool:
    """Whether the table leads there, also over the negotiation that drafting passes in one deed."""
    through = Agreement.STEPS.get(before, frozenset())
    return after in through or any(after in Agreement.STEPS.get(state, ()) for state in through & {"negotiation"})
