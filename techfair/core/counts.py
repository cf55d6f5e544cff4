"""Numbers with the thing they count, in the reader's language: 1 visitor, 1,234 visitors; 1.234 khách."""

from flask_babel import ngettext

from techfair.core.formats import format_number
from techfair.core.languages import language


def visitors(count: int) -> str:
    return str(ngettext("%(count)s visitor", "%(count)s visitors", count, count=_shown(count)))


def meetings(count: int) -> str:
    return str(ngettext("%(count)s meeting", "%(count)s meetings", count, count=_shown(count)))


def _shown(count: int) -> str:
    return format_number(count, language())
