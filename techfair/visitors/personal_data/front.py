"""Where others stand on the page of a person's data: what they hold about them, in a part of their own."""

from techfair.core.in_order import Additions
from techfair.fairs.front import Part
from techfair.visitors.models import Registration

parts: Additions[[Registration], Part] = Additions()  # their templates read their values as ``shown``
