"""What every form and table of the program is made of, as a reader without a mouse meets it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, render_template_string
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import EmailField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from techfair.core.fields import choices_of

PAGE = """{% extends "layouts/public.html" %}{% from "macros/forms.html" import field, form_for %}
{% block title %}Sign up{% endblock %}
{% block main %}{% call form_for(form) %}{% for one in form if one.id != "csrf_token" %}{{ field(one, hint="Hint") }}
{% endfor %}{% endcall %}{% endblock %}"""


class PersonForm(FlaskForm):  # type: ignore[misc]
    full_name = StringField("Full name", [InputRequired("Write the name.")])
    email = EmailField("E-mail", [Optional()])
    hall = SelectField("Hall", choices=["A", "B"])
    kind = RadioField("Kind", [InputRequired("Choose one.")], choices=choices_of([("a", "A"), ("b", "B")]))


@pytest.fixture
def refused(app: Flask) -> str:
    """A page with a form that was sent empty but for the address."""
    with app.test_request_context("/?lang=en"):
        form = PersonForm(formdata=MultiDict({"email": "an@example.vn"}), meta={"csrf": False})
        form.validate()
        return render_template_string(PAGE, form=form)


def test_the_title_says_that_something_is_wrong(refused: str) -> None:
    assert "<title>Error: Sign up</title>" in refused


def test_the_list_of_errors_takes_the_focus_and_links_to_each_field(refused: str) -> None:
    assert 'tabindex="-1" data-focus' in refused
    assert '<a href="#full_name">Full name: Write the name.</a>' in refused
    assert '<a href="#kind-0">Kind: Choose one.</a>' in refused


def test_a_wrong_field_names_its_hint_and_its_message(refused: str) -> None:
    assert 'aria-describedby="full_name-hint full_name-error" aria-invalid="true"' in refused
    assert 'id="full_name-error"' in refused


def test_what_was_typed_is_still_there(refused: str) -> None:
    assert 'value="an@example.vn"' in refused


def test_only_what_is_not_required_says_so(refused: str) -> None:
    assert refused.count("(optional)") == 1
    assert 'autocomplete="email"' in refused


def test_choices_are_a_group_with_a_name(refused: str) -> None:
    assert "<legend>Kind</legend>" in refused


@pytest.fixture
def render(app: Flask) -> Callable[..., str]:
    def rendered(source: str, address: str = "/?lang=en", **values: Any) -> str:
        with app.test_request_context(address):
            app.preprocess_request()
            return render_template_string(source, **values)

    return rendered


def test_sorting_keeps_the_filter_and_forgets_the_page(render: Callable[..., str]) -> None:
    head = '{% from "macros/tables.html" import head %}{{ head("Status", sort="state") }}'
    assert 'href="/healthz?q=tay+nguyen&amp;sort=-state"' in render(head, "/healthz?q=tay+nguyen&page=3&sort=state")


def test_a_state_is_a_word_and_an_icon_not_a_colour_alone(render: Callable[..., str]) -> None:
    chip = render('{% from "macros/states.html" import state_chip %}{{ state_chip("approved", "approved") }}')
    assert 'data-tone="good"' in chip
    assert "#circle-check" in chip
    assert "approved</span>" in chip


def test_a_chart_carries_its_numbers_as_a_table(render: Callable[..., str]) -> None:
    chart = render('{% from "macros/figures.html" import bar_chart %}{{ bar_chart([("08", 1234)], "Entries") }}')
    assert '<th scope="row">08</th><td class="number">1,234</td>' in chart
