"""The words of a deal, the same in forms, pages and documents."""

from flask_babel import lazy_gettext as _l

DOCUMENT_LANGUAGES = {
    "both": _l("Vietnamese and English, side by side"),
    "vi": _l("Vietnamese"),
    "en": _l("English"),
}
MEASURE_LABELS = {
    "step": _l("A step, without an amount"),
    "capital": _l("Capital disbursed"),
    "jobs": _l("Jobs created"),
    "technology": _l("Technologies transferred"),
}
# What a number of a milestone counts, on pages and in documents, which show both languages at once.
UNITS = {
    "vi": {"capital": "đồng", "jobs": "việc làm", "technology": "công nghệ"},
    "en": {"capital": "VND", "jobs": "jobs", "technology": "technologies"},
}
TRANSFER_FORMS = {
    "vi": {
        "licence": "cấp phép sử dụng",
        "assignment": "chuyển nhượng quyền sở hữu",
        "joint_venture": "liên doanh, góp vốn bằng công nghệ",
        "turnkey": "chìa khóa trao tay",
        "training": "đào tạo và hỗ trợ kỹ thuật",
        "equipment_sale": "bán thiết bị kèm bí quyết",
        "commissioned_research": "nghiên cứu theo đặt hàng",
    },
    "en": {
        "licence": "licence",
        "assignment": "assignment of ownership",
        "joint_venture": "joint venture, contribution of the technology",
        "turnkey": "turnkey delivery",
        "training": "training and technical assistance",
        "equipment_sale": "sale of equipment with its know-how",
        "commissioned_research": "commissioned research",
    },
}
