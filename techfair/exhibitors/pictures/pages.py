"""The page on which a company arranges the pictures of a technology."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, MultipleFileField

from techfair.core import access
from techfair.core.errors import ChangedMeanwhile
from techfair.core.fields import Line
from techfair.core.uploads import UploadRefused
from techfair.exhibitors import comparing
from techfair.exhibitors.models import Company
from techfair.exhibitors.own import bp, me, place, show_fair_of
from techfair.exhibitors.pictures import deeds, sizes
from techfair.exhibitors.pictures.models import TechnologyPicture
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db

CAPTION = 200
STEPS = {"earlier": -1, "later": 1, "cover": -deeds.MOST}


class PicturesForm(FlaskForm):
    """Some files at once."""

    pictures = MultipleFileField(_l("Pictures"))


class CaptionForm(FlaskForm):
    """What one picture shows."""

    caption_vi = Line(_l("What it shows, in Vietnamese"), most=CAPTION)
    caption_en = Line(_l("What it shows, in English"), most=CAPTION)
    seen_vi = HiddenField()  # what stood there when the page was made
    seen_en = HiddenField()


@bp.route("/technologies/<ref>/pictures", methods=["GET", "POST"])
@place("technologies")
def pictures(ref: str) -> ResponseReturnValue:
    """The pictures of a technology, and a form for more. Of several files those that are pictures are taken."""
    technology = access.fetch(Technology, public_ref=ref, to="edit")
    form = PicturesForm()
    if form.validate_on_submit():
        _take(technology, form)
        db.session.commit()
        if not form.errors:
            return redirect(url_for(".pictures", ref=ref), 303)
    return _page(technology, form), 422 if form.errors else 200


def _page(technology: Technology, form: PicturesForm, wrong: dict[int, CaptionForm] | None = None, **told: Any) -> str:
    show_fair_of(db.session.get_one(Company, technology.company_id))
    rows = [(picture, (wrong or {}).get(picture.id) or _caption_form(picture)) for picture in deeds.of(technology)]
    return render_template("pictures/own.html", record=technology, form=form, rows=rows, most=deeds.MOST, **told)


def _caption_form(picture: TechnologyPicture, **given: Any) -> CaptionForm:
    """Its fields are named by the picture: there are many on one page."""
    seen = {"seen_vi": picture.caption_vi, "seen_en": picture.caption_en}
    return CaptionForm(data=_captions(picture) | seen, prefix=f"picture-{picture.id}", **given)


def _captions(picture: TechnologyPicture) -> dict[str, str]:
    return {"caption_vi": picture.caption_vi, "caption_en": picture.caption_en}


def _take(technology: Technology, form: PicturesForm) -> None:
    """Add what can be added; each file that cannot is named with the reason, none of them hides another's."""
    files = [file for file in form.pictures.data or [] if file and file.filename]
    room, refused, added = deeds.MOST - len(deeds.of(technology)), [], 0
    for file in files:
        if added >= room:
            refused.append(_("%(file)s: there are %(most)s pictures already.", file=file.filename, most=deeds.MOST))
            continue
        try:
            added += deeds.add(technology, me(), **sizes.kept(file))
        except UploadRefused as refusal:
            refused.append(_("%(file)s: %(reason)s", file=file.filename, reason=refusal.message))
    form.pictures.errors = refused if files else [_("Choose a file.")]
    if added:
        flash(_("Pictures added: %(count)s", count=added), "good")
    elif not form.pictures.errors:
        flash(_("This technology has these pictures already."), "info")


@bp.post("/technologies/pictures/<int:id>")
@place("technologies")
def change_picture(id: int) -> ResponseReturnValue:
    """Save the caption; with it the picture may go earlier, later or to the front. What is typed is never lost."""
    picture = access.fetch(TechnologyPicture, id, to="edit", options=deeds.WITH_TECHNOLOGY)
    form, ref = _caption_form(picture), picture.technology.public_ref
    if not form.validate_on_submit():
        return _page(picture.technology, PicturesForm(formdata=None), {id: form}), 422
    typed, seen = (form.caption_vi.data or "", form.caption_en.data or ""), (form.seen_vi.data, form.seen_en.data)
    try:
        deeds.describe(picture, me(), *typed, seen=(seen[0] or "", seen[1] or ""))
    except ChangedMeanwhile as refusal:
        return _both_versions(id, form), refusal.status
    if steps := STEPS.get(request.form.get("deed", "")):
        deeds.move(picture, me(), steps)
    flash(_("Saved."), "good")
    db.session.commit()
    return redirect(url_for(".pictures", ref=ref, _anchor=f"picture-{id}"), 303)


def _both_versions(id: int, form: CaptionForm) -> str:
    """Somebody described the picture meanwhile: what is typed stays, beside what is saved."""
    db.session.rollback()
    picture = access.fetch(TechnologyPicture, id, to="edit", options=deeds.WITH_TECHNOLOGY)
    form.seen_vi.data, form.seen_en.data = picture.caption_vi, picture.caption_en
    told = comparing.differences(form, _captions(picture))
    return _page(picture.technology, PicturesForm(formdata=None), {id: form}, differences=told)


@bp.post("/technologies/pictures/<int:id>/remove")
@place("technologies")
def remove_picture(id: int) -> ResponseReturnValue:
    """Take a picture away."""
    picture = access.fetch(TechnologyPicture, id, to="edit", options=deeds.WITH_TECHNOLOGY)
    ref = picture.technology.public_ref
    deeds.remove(picture, me())
    flash(_("Picture removed."), "info")
    db.session.commit()
    return redirect(url_for(".pictures", ref=ref), 303)
