"""Which type of CRPS a name means, and the side and limb that a code says."""

from __future__ import annotations

from indicated.chart.model import Limb, Side
from indicated.facts.choices import Choice
from indicated.reading.note import Mention, Note
from indicated.reading.patterns import lazy

_TYPE = lazy(
    r"[\s,(/-]{0,3}(?:(?:synd(?:rome)?|crps)[\s,(-]{0,2})?(?:type|typ|t|form|class)?[\s.:-]{0,2}(ii|i|2|1|two|one)\b(?![./:]\d|\s*(?:st|nd|of \d|out|yr|year|mo|wk|week|day|block|x\b))"
)
_OPTION = lazy(
    r"(?:\[(?P<square>[ x✓✔*]?)\]|\((?P<round>[ x✓✔]?)\)|(?P<sign>[☐☑☒✓✔□])) *(?:(?P<denied>(?:not|no|neither)\b)|(?:crps[ -]?)?(?:type ?)?(?P<type>ii|i|2|1)\b)"
)
_PAIR = 2
_TYPE_BEFORE = lazy(r"\btype[\s-]?(ii|i|2|1|two|one)(?: form| variant)?(?: of)?[\s,-]*$")
_TYPE_APART = lazy(r"\btype[\s-]?(ii|i|2|1|two|one)\b(?! ?(?:diab|dm))")


def type_of(note: Note, mention: Mention) -> int | None:
    """The type that stands beside a name of CRPS, or that the name, the code or a lesion of a nerve says."""
    name = note.folded[mention.start : mention.end]
    if mention.group == "code":
        return 2 if name.startswith(("g57", "g56", "355", "354")) else 1
    if mention.group in ("type1", "type2"):
        return int(mention.group[-1])
    if name in ("crpsi", "crpsii"):
        return name.count("i")
    if ticked_type(note, mention) == "yes":
        return _ticked_number(note, mention)
    match = _TYPE.match(note.folded, mention.end) or _TYPE_BEFORE.search(
        note.folded[max(0, mention.start - 30) : mention.start]
    )
    if not match and len(note.within(mention.segment, "CRPS")) == 1:
        match = _TYPE_APART.search(note.text_of(mention.segment))
    if not match:
        told = note.within(mention.segment, "CRPS said", "type1", "type2")
        return int(told[0].group[-1]) if told else None
    return 2 if match[1] in ("ii", "2", "two") else 1


def ticked_type(note: Note, mention: Mention) -> Choice:
    """The box that is ticked in a row that offers the types and "not CRPS" to choose from: "yes", "no", "open", "" without."""
    start = note.folded.rfind("\n", 0, mention.start) + 1
    stop = note.folded.find("\n", mention.end)
    options = list(_OPTION.finditer(note.folded, start, stop if stop >= 0 else len(note.folded)))
    if len(options) < _PAIR or not any(o["denied"] for o in options):
        return ""
    full = [
        o for o in options if (o["square"] or o["round"] or "").strip() or (o["sign"] or "") in tuple("☑☒✓✔")
    ]
    if len(full) != 1:
        return "open" if not full else ""
    return "no" if full[0]["denied"] else "yes"


def _ticked_number(note: Note, mention: Mention) -> int | None:
    start = note.folded.rfind("\n", 0, mention.start) + 1
    stop = note.folded.find("\n", mention.end)
    for option in _OPTION.finditer(note.folded, start, stop if stop >= 0 else len(note.folded)):
        full = (option["square"] or option["round"] or "").strip() or (option["sign"] or "") in tuple("☑☒✓✔")
        if full and option["type"]:
            return 2 if option["type"] in ("ii", "2") else 1
    return None


def coded_place(note: Note, mention: Mention) -> tuple[Side | None, Limb | None]:
    """Side and limb that an ICD-10-CM code says: G90.52- and G57.7- lower limb, last digit 1 right, 2 left, 3 both."""
    code = note.folded[mention.start : mention.end].replace(".", "")
    if mention.group != "code":
        return None, None
    limb: Limb | None = None
    if code.startswith(("g9052", "g577", "33722", "35571")):
        limb = "lower"
    elif code.startswith(("g9051", "g564", "33721", "3544")):
        limb = "upper"
    digit = code[5:6] if code.startswith("g90") else code[4:5]
    sides: dict[str, Side] = {"1": "right", "2": "left", "3": "bilateral"}
    return (sides.get(digit) if code.startswith("g") else None), limb
