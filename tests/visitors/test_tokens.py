import json
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as some

from techfair.visitors.tokens import CONTEXT, LENGTH, BadgePayload, TokenRefused, claimed, recognise, sign, verify

VECTORS = json.loads((Path(__file__).parent / "badge_token_vectors.json").read_text(encoding="utf-8"))
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(VECTORS["private_key"]))
PUBLIC = Ed25519PublicKey.from_public_bytes(bytes.fromhex(VECTORS["public_key"]))
PAYLOADS = some.builds(
    BadgePayload,
    fair=some.integers(0, 2**16 - 1),
    badge=some.integers(0, 2**32 - 1),
    kind=some.integers(0, 15),
    reprint=some.integers(0, 4095),
    key=some.integers(0, 15),
)


def reason_of(token, private=PRIVATE):
    """Why a token is refused under a key, of which a gate knows the public half and the server that signs both."""
    reasons = set()
    for look, key in ((verify, private.public_key()), (recognise, private)):
        with pytest.raises(TokenRefused) as refused:
            look(key, token)
        reasons.add(refused.value.reason)
    (reason,) = reasons
    return reason


@pytest.mark.parametrize("vector", VECTORS["valid"], ids=lambda vector: vector["why"])
def test_a_token_is_as_in_the_vectors(vector):
    payload = BadgePayload(**vector["payload"])
    assert payload.to_bytes().hex() == vector["payload_bytes"]
    assert sign(PRIVATE, payload) == vector["token"]
    assert verify(PUBLIC, vector["token"]) == recognise(PRIVATE, vector["token"]) == payload


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda vector: vector["why"])
def test_a_token_is_refused_as_in_the_vectors(vector):
    assert reason_of(vector["token"]) == vector["reason"]


def test_the_vectors_name_the_context_of_the_signature():
    assert CONTEXT.hex() == VECTORS["context"]


@given(PAYLOADS)
def test_a_token_says_what_was_signed_in_113_letters_and_digits(payload):
    token = sign(PRIVATE, payload)
    assert (len(token), token.isalnum(), token.upper()) == (LENGTH, True, token)
    assert verify(PUBLIC, token) == recognise(PRIVATE, token) == claimed(token) == payload


@given(PAYLOADS, some.integers(0, LENGTH - 1), some.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_a_token_with_one_other_sign_is_refused(payload, place, other):
    token = sign(PRIVATE, payload)
    changed = token[:place] + other + token[place + 1 :]
    if changed != token:
        assert reason_of(changed) in {"bad_signature", "unknown_code"}


def test_another_fair_s_key_does_not_pass():
    token = sign(PRIVATE, BadgePayload(fair=1, badge=1))
    assert reason_of(token, Ed25519PrivateKey.generate()) == "bad_signature"


def test_a_signature_over_the_payload_alone_does_not_pass():
    payload = BadgePayload(fair=1, badge=1)
    number = int.from_bytes(payload.to_bytes() + PRIVATE.sign(payload.to_bytes()))
    signs = ""
    while number:
        number, digit = divmod(number, 36)
        signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[digit] + signs
    assert reason_of(signs.zfill(LENGTH)) == "bad_signature"


@pytest.mark.parametrize(
    "change", [{"fair": 2**16}, {"badge": 2**32}, {"kind": 16}, {"reprint": 4096}, {"key": 16}, {"badge": -1}]
)
def test_a_number_that_does_not_fit_is_never_cut(change):
    with pytest.raises(ValueError, match="does not fit"):
        sign(PRIVATE, replace(BadgePayload(fair=1, badge=1), **change))


@given(some.text())
def test_whatever_is_scanned_is_refused_without_a_crash(text):
    assert reason_of(text) == "unknown_code"
