"""What deeds and things of trust are called."""

from flask_babel import lazy_gettext as _l

DEEDS = {
    "authority.made": _l("The fair’s own certificate authority made"),
    "seal.brought": _l("Organisation certificate for the seal set"),
    "seal.dropped": _l("Organisation certificate for the seal removed"),
    "trust.added": _l("Trusted authority added"),
    "trust.removed": _l("Trusted authority removed"),
    "service.added": _l("Signing service added"),
    "service.removed": _l("Signing service removed"),
    "trust.list_given": _l("List of withdrawn certificates given"),
}
THINGS = {
    "fair_authority": _l("The fair’s own authority"),
    "seal_certificate": _l("Certificate for the seal"),
    "signing_service": _l("Signing service"),
    "trust_anchor": _l("Trusted authority"),
}
