"""What changes of documents are called."""

from flask_babel import lazy_gettext as _l

CHANGES = {"amendment": _l("Amendment"), "termination": _l("Termination")}
TITLES = {
    "amendment": {"vi": "Văn bản sửa đổi, bổ sung", "en": "Amendment"},
    "termination": {"vi": "Văn bản chấm dứt", "en": "Termination"},
}
ABOUT = {
    "amendment": "Về việc điều chỉnh chủ trương đầu tư dự án {subject}",
    "termination": "Về việc chấm dứt chủ trương đầu tư dự án {subject}",
}
