"""The company's page of its people, and the form of one."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField

from techfair.core import access
from techfair.core.errors import ChangedMeanwhile
from techfair.core.fields import Line, Version
from techfair.core.mail_addresses import parse_mail_address
from techfair.core.phones import parse_phone
from techfair.exhibitors import comparing
from techfair.exhibitors.contacts import deeds
from techfair.exhibitors.contacts.deeds import ContactKnown
from techfair.exhibitors.contacts.models import CompanyContact
from techfair.exhibitors.models import Company
from techfair.exhibitors.own import bp, current_company, me, place, show_fair_of
from techfair.extensions import db

here = place("exhibitor_own.profile")


class ContactForm(FlaskForm):
    """A person of the company. Unticked at first: who is shown must have agreed."""

    name = Line(_l("Full name"), most=120, needed=_l("Type the full name of the contact."))
    title_vi = Line(_l("Position or task, in Vietnamese"), most=120)
    title_en = Line(_l("Position or task, in English"), most=120)
    email = StringField(_l("E-mail"))
    phone = StringField(_l("Phone"))
    is_public = BooleanField(_l("Show on our public page; the person agrees to this"))
    version = Version()

    def validate_email(self, field: StringField) -> None:
        parse_mail_address(field.data or "")

    def validate_phone(self, field: StringField) -> None:
        if field.data:
            parse_phone(field.data)

    def values(self) -> dict[str, Any]:
        """The columns as they are stored, once the form is valid."""
        typed = {name: self._fields[name].data for name in deeds.COLUMNS}
        phone = parse_phone(self.phone.data) if self.phone.data else None
        return typed | {"email": parse_mail_address(self.email.data or "").shown, "phone": phone}


def _values_of(contact: CompanyContact) -> dict[str, Any]:
    return {name: getattr(contact, name) for name in deeds.COLUMNS} | {"version": contact.version}


@bp.get("/contacts")
@here
def contacts() -> ResponseReturnValue:
    """All people of the company, the main contact first."""
    company = current_company("edit")
    if company is None:
        return render_template("exhibitors/own_empty.html")
    show_fair_of(company)
    return render_template("contacts/own.html", company=company, contacts=deeds.of(company.id), most=deeds.MOST)


@bp.route("/contacts/new", methods=["GET", "POST"])
@here
def new_contact() -> ResponseReturnValue:
    """Name one more."""
    company = current_company("edit") or abort(404)
    form = ContactForm()
    if not form.validate_on_submit():
        return _page(form, company)
    if deeds.add(company, me(), **form.values()):
        flash(_("Contact added."), "good")
    else:
        flash(_("This contact is there already, or there is no room for more."), "info")
    db.session.commit()
    return redirect(url_for(".contacts"), 303)


@bp.route("/contacts/<int:id>", methods=["GET", "POST"])
@here
def edit_contact(id: int) -> ResponseReturnValue:
    """Change what is said of one; of two who save at once the second sees both versions."""
    contact = _fetch(id)
    form = ContactForm(data=_values_of(contact))
    if not form.validate_on_submit():
        return _page(form, contact.company, contact)
    try:
        deeds.change(contact, me(), form.version.data, **form.values())
    except ContactKnown as refusal:
        form.email.errors = [refusal.message]
        return _page(form, contact.company, contact)
    except ChangedMeanwhile as refusal:
        db.session.rollback()
        contact = _fetch(id)
        form.version.data = contact.version
        told = comparing.differences(form, _values_of(contact))
        return _page(form, contact.company, contact, differences=told)[0], refusal.status
    flash(_("Saved."), "good")
    db.session.commit()
    return redirect(url_for(".contacts"), 303)


def _fetch(id: int) -> CompanyContact:
    contact: CompanyContact = access.fetch(CompanyContact, id, to="edit", options=deeds.WITH_COMPANY)
    return contact


def _page(form: ContactForm, company: Company, contact: CompanyContact | None = None, **told: Any) -> tuple[str, int]:
    show_fair_of(company)
    return render_template("contacts/form.html", form=form, contact=contact, **told), 422 if form.errors else 200


@bp.post("/contacts/<int:id>/main")
@here
def make_contact_main(id: int) -> ResponseReturnValue:
    """Our mail, the catalogue and drafts of agreements go by this one from now on."""
    deeds.make_main(_fetch(id), me())
    flash(_("This is the main contact now."), "good")
    db.session.commit()
    return redirect(url_for(".contacts"), 303)


@bp.post("/contacts/<int:id>/remove")
@here
def remove_contact(id: int) -> ResponseReturnValue:
    """Take one away."""
    deeds.remove(_fetch(id), me())
    flash(_("Contact removed."), "info")
    db.session.commit()
    return redirect(url_for(".contacts"), 303)
