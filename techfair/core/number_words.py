"""Whole numbers in words, as documents write amounts beside their figures (bằng chữ)."""

LARGEST = 10**18 - 1

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
AFTER_TEN = {5: "lăm"}
AFTER_TENS = {1: "mốt", 5: "lăm"}

# fmt: off
SMALL_EN = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
    "eighteen", "nineteen",
)
# fmt: on
TENS_EN = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SCALES_EN = (
    (10**15, "quadrillion"),
    (10**12, "trillion"),
    (10**9, "billion"),
    (10**6, "million"),
    (10**3, "thousand"),
)

CURRENCY_WORDS = {
    "vi": {
        "VND": "đồng",
        "USD": "đô la Mỹ",
        "EUR": "euro",
        "KRW": "won Hàn Quốc",
        "CNY": "nhân dân tệ",
        "JPY": "yên Nhật",
        "SGD": "đô la Singapore",
    },
    "en": {
        "VND": "dong",
        "USD": "US dollars",
        "EUR": "euros",
        "KRW": "won",
        "CNY": "yuan",
        "JPY": "yen",
        "SGD": "Singapore dollars",
    },
}


def in_words(number: int) -> str:
    """Vietnamese, in the northern manner of state documents: nghìn, lẻ, tỷ, hai mươi bốn."""
    _check(number)
    return f"âm {_vi(-number)}" if number < 0 else _vi(number) or DIGITS[0]


def in_words_en(number: int) -> str:
    """English, short scale, without "and"."""
    _check(number)
    return f"minus {_en(-number)}" if number < 0 else _en(number) or SMALL_EN[0]


def spell_amount(amount: int, currency: str = "VND", locale: str = "vi") -> str:
    """An amount for the line "Bằng chữ": capital first, the currency's name last."""
    words = in_words(amount) if locale == "vi" else in_words_en(amount)
    return f"{words[0].upper()}{words[1:]} {CURRENCY_WORDS[locale].get(currency, currency)}"


def _check(number: int) -> None:
    if abs(number) > LARGEST:
        raise ValueError("no words for numbers of more than 18 digits")


def _vi(number: int) -> str:
    """Words of a positive number; billions count as one unit, however many (một nghìn một trăm tỷ)."""
    billions, rest = divmod(number, 10**9)
    words = [_vi(billions), "tỷ"] if billions else []
    for scale, name in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group, rest = divmod(rest, scale)
        if group:
            words += [*_hundreds(group, follows=bool(words)), name]
    return " ".join(word for word in words if word)


def _hundreds(group: int, follows: bool) -> list[str]:
    """One to three digits; what follows a higher group speaks its zeros (không trăm lẻ năm)."""
    hundred, ten, unit = group // 100, group // 10 % 10, group % 10
    has_hundred = hundred > 0 or follows
    words = [DIGITS[hundred], "trăm"] if has_hundred else []
    if ten > 1:
        words += [DIGITS[ten], "mươi", AFTER_TENS.get(unit, DIGITS[unit])]
    elif ten == 1:
        words += ["mười", AFTER_TEN.get(unit, DIGITS[unit])]
    elif unit:
        words += ["lẻ"] * has_hundred + [DIGITS[unit]]
    return words if unit or ten == 0 else words[:-1]


def _en(number: int) -> str:
    words: list[str] = []
    for scale, name in SCALES_EN:
        group, number = divmod(number, scale)
        if group:
            words += [_hundreds_en(group), name]
    return " ".join([*words, _hundreds_en(number)] if number else words)


def _hundreds_en(group: int) -> str:
    hundred, rest = divmod(group, 100)
    words = [SMALL_EN[hundred], "hundred"] if hundred else []
    if rest >= 20:
        words.append(TENS_EN[rest // 10 - 2] + (f"-{SMALL_EN[rest % 10]}" if rest % 10 else ""))
    elif rest:
        words.append(SMALL_EN[rest])
    return " ".join(words)
