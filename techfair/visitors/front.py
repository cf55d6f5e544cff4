"""Where other rooms stand on a visitor's own page: what else is theirs."""

from techfair.core.in_order import Additions
from techfair.fairs.front import Action
from techfair.visitors.models import Registration

own_actions: Additions[[Registration], Action] = Additions()
