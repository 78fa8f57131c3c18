"""How much of the pain a block took away, as a percentage: said, told as a fraction, ticked, or from scores before and after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indicated.reading.amounts import NUMBER, number, percents
from indicated.reading.patterns import lazy


@dataclass(frozen=True)
class Share:
    """A share of the pain at `start:end` that was taken away, in percent."""

    start: int
    end: int
    percent: float
    from_scores: bool = False


_LEFT = lazy(
    r"\W{0,3}(?:of|as bad as) (?:what|where|how) (?:it|she|he|they|things|the \w+)|\W{0,2}(?:of )?(?:the |her |his |my |its |their )?(?:pain |original |former |previous |baseline |usual |old |\w+ ){0,3}(?:left(?! (?:my|her|his|the|me|him|for)\b)|remain\w*|remaining|still there|persists|stays|stayed)\b|\W{0,2}of (?:the |her |his |my )?(?:original|former|previous|baseline|usual|old|prior)\b"
)
_DOWN_TO = lazy(
    r"(?:down to|reduced to|leaving|only|left with|fell to|dropped to|now at|now|at) (?:about |roughly |maybe |some |around )?$"
)
_NOT = lazy(
    r"(?:not quite|not even|nowhere near|short of|instead of the|hoped for|expected|promised|wanted|not the|rather than|plan requires|requires|required|need(?:s|ed)?|goal(?: of)?|the|threshold(?: of)?|criterion(?: of)?|must (?:show|be))(?: at least| the)? ?$"
)
_UNDER = lazy(r"(?:less than|under|below|<|not more than|no more than|at most|up to|fewer than|shy of) ?$")
_HOPED_BEHIND = lazy(
    r" ?(?:or more |or better |pain )?(?:\w+ )?(?:she|he|i|they|we|pt|that was) (?:had )?(?:hoped|expected|wanted|promised)|[ -]*(?:is |was |are )?(?:required|needed|threshold|hoped|expected)| ?(?:o2|sat|ra\b|humid|bupi|ropi|lido|marcaine|dextrose|saline|patch|solution|plain|w/|of (?:visits|sessions|body|normal|weight|the time|attend))"
)
_FRACTION = {
    "half": 50.0, "1/2": 50.0, "one half": 50.0, "two thirds": 200 / 3, "2/3": 200 / 3, "three quarters": 75.0, "3/4": 75.0, "three fourths": 75.0,
    "one third": 100 / 3, "a third": 100 / 3, "1/3": 100 / 3, "a quarter": 25.0, "one quarter": 25.0, "1/4": 25.0, "four fifths": 80.0, "4/5": 80.0,
    "nine tenths": 90.0, "a fifth": 20.0, "one fifth": 20.0, "three fifths": 60.0, "two fifths": 40.0, "a tenth": 10.0, "one tenth": 10.0, "halved": 50.0,
    "seven tenths": 70.0, "eight tenths": 80.0,
}  # fmt: skip
_FRACTIONS = lazy(
    r"(?<![\d/])\b(?P<less>less than |under |not quite |almost |nearly )?(?:better than |more than |over |about |roughly |at least |a good |easily |some |by |around |fully )*(?P<part>"
    + "|".join(sorted(map(re.escape, _FRACTION), key=len, reverse=True)).replace(r"\ ", "[- ]")
    + r")\b(?!\s*(?:an? )?(?:hour|hr|day|week|wk|month|mo\b|year|mile|block|life|the (?:day|night|way|time|program|session)|way|time|inch|dose|tab|pill|mg|day|size|%|of (?:the )?(?:program|session|visits|day|night|dose)))(?!/)"
)
_OF_PAIN = lazy(r"\s*(?:of (?:the|her|his|my) |less|better|gone|relief|improve|the pain)")
_WORD_PERCENT = lazy(
    r"(?:%|\bper ?cent|\bpct|\bpercentage)[ _](?:of )?(?:pain )?(?:relief|improvement|reduction|better|benefit)(?: [a-z]+){0,3}[ _]*[:=|]+[ _]*(?P<g>\d{1,3})\b(?! ?%)|\brel[_ ](?:pct|percent)\s*[=:|]+\s*(?P<h>\d{1,3})\b|\b(?P<n>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:odd|something|ish|plus))+ ?(?:%|per ?cent)|\b(?P<d>\d\d)(?:-| )?(?:ish|odd)? ?(?:%|per ?cent)|(?<![a-z])relief[_ ]?(?:pct|percent)\s*[=:|]?\s*(?P<e>\d{1,3})\b|(?<![a-z])pct[_ ]relief\s*[=:|]?\s*(?P<f>\d{1,3})\b"
)
_BARE = lazy(
    r"(?:at least|about|say|more like|around|roughly|maybe|got|figures?|scored?|puts it at|put it at|rates it(?: at)?|calls it|a good|a solid|easily)[\s'\"]+(?:a good |a solid |about )?(\d0|\d5)(?:\s*(?:,|-|to|or|/)\s*\d\d)?\b(?! ?(?:mg|min|day|wk|week|h\b|hr|ml|cc|/|m\b|ft|step|deg|%))"
)
_BOX = lazy(r"(\[ ?([x✓*])? ?\]|\( ?([x✓*])? ?\)|☐|☑|☒)\s*([^\[(☐☑☒]*)")


def shares(text: str, offset: int = 0) -> Iterator[Share]:
    """Percentages and fractions of the pain that was taken away, in the order of the text; what is left counts from below."""
    taken: list[tuple[int, int]] = []
    for match in _WORD_PERCENT.finditer(text):
        value = next((v for v in map(match.group, "defgh") if v), None)
        low = float(value) if value else float(number(match["n"]) or 0)
        if not match["d"]:
            taken.append(match.span())
            yield Share(offset + match.start(), offset + match.end(), low)
    for amount in percents(text):
        if any(a < amount.end and amount.start < b for a, b in taken) or text[
            amount.start : amount.end
        ].strip() in ("",):
            continue
        if re.search(r"[a-z]", text[amount.start : amount.end]) and re.search(
            r"third|quarter|fourth|fifth|tenth", text[amount.start : amount.end]
        ):
            continue
        if 0 < amount.value < 1 or _CONCENTRATION.search(text[max(0, amount.start - 16) : amount.end + 14]):
            continue
        between = _LOWER.search(text, max(0, amount.start - 18), amount.start)
        share = _share(
            text,
            amount.start,
            amount.end,
            float(between[1] or between["listed"]) if between else amount.value,
        )
        if share is not None:
            taken.append((amount.start, amount.end))
            yield Share(offset + amount.start, offset + amount.end, share)
    for match in _FRACTIONS.finditer(text):
        if any(a < match.end() and match.start() < b for a, b in taken):
            continue
        value = _FRACTION.get(match["part"].replace("-", " "), 0.0)
        if match["part"][0].isdigit() and not _OF_PAIN.match(text, match.end()):
            continue
        share = _share(text, match.start(), match.end(), value)
        if share is None:
            continue
        if match["less"] and match["less"].strip() in ("less than", "under", "not quite"):
            share -= 1
        yield Share(offset + match.start(), offset + match.end(), round(share))


_LOWER = lazy(
    r"\bbetween (\d{1,2}) ?%? and $|(?<![\d/.-])(?P<listed>\d0|\d5) ?%?(?:,| or| maybe|,? perhaps|,? possibly) $"
)
"""The lower end of a range whose percent sign stands behind the upper one ("maybe 30, 40 percent")."""
_CONCENTRATION = lazy(
    r"\b(?:bup\w*|ropi\w*|lido\w*|marcaine|sensorcaine|mepi\w*|chloropro\w*|dextrose|lmx|patch|solution|ra\b|sat|spo2|hba1c|a1c|ef\b)"
)


def _share(text: str, start: int, end: int, value: float) -> float | None:
    before, behind = text[max(0, start - 34) : start], text[end : end + 50]
    if _NOT.search(before) and not re.search(r"(?:took|of|took away|at|in|by|was|got|gave) the ?$", before):
        return None
    if _HOPED_BEHIND.match(behind) or re.match(r"\s*(?:is |was )?(?:hoped|needed)", behind):
        return None
    if _LEFT.match(behind) or (
        _DOWN_TO.search(before) and re.search(r"(?:down|reduced|fell|dropped|leaving|left)", before)
    ):
        return round(100 - value)
    if _UNDER.search(before):
        return max(0.0, value - 1)
    return value


def bare_share(text: str, offset: int = 0) -> Share | None:
    """A figure whose percent sign stands elsewhere in the statement ("at least 60, when asked for % better")."""
    if not re.search(r"%|per ?cent|\brelief\b", text):
        return None
    match = _BARE.search(text)
    return Share(offset + match.start(1), offset + match.end(1), float(match[1])) if match else None


def ticked(text: str, offset: int = 0) -> Share | str | None:
    """The ticked choice of a row of boxes: its share, its words, "" where none is ticked, None where there are no boxes."""
    boxes = list(_BOX.finditer(text))
    if len(boxes) < 2:
        return None
    behind = not boxes[-1][4].strip() and re.search(r"\w\W*$", text[: boxes[0].start()]) is not None
    for at, box in enumerate(boxes):
        if box[2] or box[3] or box[1] in "☑☒":
            choice = box[4].strip()
            if behind:  # each box stands behind its choice
                choice = (boxes[at - 1][4] if at else text[: box.start()].rpartition(":")[2]).strip()
            band = re.search(r"(<|under |less than )? ?(\d{1,3})(?: ?- ?(\d{1,3}))? ?%?", choice)
            if band and "%" in text and re.search(r"\d", choice):
                low = 0.0 if band[1] else float(band[2])
                return Share(offset + box.start(), offset + box.end(), low)
            return choice
    return ""


_MARKED = lazy(
    r"(?:\[|\(\(|\*|>|_)\s?(\d{1,3})\s?%?(?: (?:less|better|relief|gone|improved))?\s?(?:\]|\)\)|\*|<|_)"
)
_FILLED = lazy(r"_+ ?(\d{1,3}) ?_+ ?(?:%|per ?cent)")


def marked(text: str, offset: int = 0) -> Share | None:
    """The share that is marked among several on a line ("0 25 50 75 [90] 100 %"), or filled into a blank ("__60__ %")."""
    filled = _FILLED.search(text)
    if filled:
        return Share(offset + filled.start(), offset + filled.end(), float(filled[1]))
    chosen = [m for m in _MARKED.finditer(text) if float(m[1]) <= 100]
    if len(chosen) != 1 or "%" not in text:
        return None
    rest = text[: chosen[0].start()] + text[chosen[0].end() :]
    others = re.findall(r"(?<![\d/.])\d{1,3}(?![\d/.])", rest)
    return (
        Share(offset + chosen[0].start(), offset + chosen[0].end(), float(chosen[0][1]))
        if len(others) > 2
        else None
    )


_DATE = lazy(
    r"(?:19|20)\d\d-\d\d?-\d\d?|\d\d?/\d\d?/\d\d(?:\d\d)?|(?<![\d.])\d\d?/(?!10\b)\d\d?(?![\d.])|\d\d?:\d\d"
)
_SCORE = lazy(
    rf"(?<![\w.#])(?P<low>{NUMBER})(?:(?:-| to | or )(?P<high>{NUMBER})(?=/10| ?/ ?10|\s|$|[.,;)]))?(?P<ten> ?/ ?10\b| out of (?:10|ten)\b)?(?![\w%]|[.,]\d|/\d| ?(?:%|mg|ml|cc|min|h\b|hr|hour|day|d\b|wk|week|mo|month|year|yr|ft|m\b|cm|mm|deg|°|lb|visit|step|stair|tab|pill|cap|tablet|dose|hits?|times|x\b|am\b|pm\b|g\b|st\b|nd\b|rd\b|th\b|c\b|f\b|nights?|of \d))"
)
_BEFORE = lazy(
    r"(?:\bpre[_ a-z]*|before|\bb4|baseline|b/l|prior|was(?: an?| at)?|were|had been(?: an?| at)?|used to be(?: an?)?|usual|usually|normally|always|instead of(?: an?)?|rather than|starting from(?: an?)?|start|from(?: an?)?|nrs_pre|initial|intake|where it had been an?|before that)[\s:=|,(]*(?:the |sympathetic |symp |lumbar |(?:block|blk|lsb|injection|inj|procedure|shot)[ :=]+|(?:nrs|vas)[ :=]+|nrs |vas |pain |score |level |an? |it was |of |at |about |around )*$"
)
_AFTER = lazy(
    r"(?:\bpost[_ a-z]*|after|now|down to|to|today|this am|this morning|at home|home|day ?\d+|d ?\d+|d\d_nrs|wk ?\d|week ?\d|\d+ ?h|(?:wk|week|days?) after|since|makes? (?:that|it)(?: an?)?|evening call to house|pm|lowest|settled at|only an?|stayed (?:at|around)|became|fell|dropped|down|currently|then)[\s:=|,(]*(?:the |block |(?:nrs|vas)[ :=]+|lsb |nrs |vas |pain |score |an? |it |is |it's |of |at |about |around |a |only |day \d+ |week )*$"
)
_SKIP = lazy(
    r"sedat|asleep|drowsy|pacu|rec(?:overy)? room|\b\d\d ?min|in/out|needle|site|soreness|back sore|knee|phq|gad|promis|level|grade|stage|no\.|block$|#\s*$"
)
_ARROW = lazy(r"^\s*(?:/10)?\s*(?:->|-->|=>|>|to|down to|-)\s*$")
_TAGGED_BEFORE = lazy(
    r"(?: at (?:its|the) (?:worst|peak|best))?[ ,(]{0,3}(?:before|(?:baseline|pre\b)(?! ?:?\s?\d)|prior|at baseline|beforehand|to start|(?:in )?the (?:day|week|wk|month|night) (?:before|prior|preceding|leading up))"
)
_TAGGED_AFTER = lazy(
    r"(?: at (?:its|the) (?:worst|peak|best))?[ ,(]{0,3}(?:after|post|now|today|at home|since|the next|next|following|on day|day \d|later|d\d|(?:in )?the (?:day|week|wk|month|night|morning|evening) (?:after|following|since|post))\b"
)
_MILLIMETRES = lazy(r"(?<!\d)(\d)(\d) ?mm\b")
_WEEK_BEFORE = lazy(
    r"\b(?:last|prior|previous|the) (?:wk|week|visit|time|month|session)\b|\b(?:yesterday|monday|tuesday|wednesday|thursday|friday)\b"
)
_PAIR, _HIGHEST = 2, 10
_THEN = lazy(r"\b(?:before|beforehand|baseline|pre)\s*[,;]\s*$")
_REVERSE = lazy(
    r"^\s*(?:/10)?[\s,(]*(?:vs\.?|versus|compared (?:to|with)|down from|instead of|rather than|where it (?:was|had been)|not|\(?was|it had been|had been)\s*(?:an? |at )?$"
)
_FELL_BY = lazy(
    rf"(?:dropped|fell|down|drop|fall|decrease|reduction|change|less|lower|improved)[\w\s]{{0,14}}?(?:by|of)?\s*-?(?P<n>{NUMBER}) ?(?:points?|pts?)|(?P<m>{NUMBER}) ?(?:points?|pts?) (?:less|lower|down|better|drop|fall|off)|(?:drop|fall|decrease|reduction) of (?P<k>{NUMBER})\b|dropped by (?P<j>{NUMBER})\b"
)


def from_scores(written: str, offset: int = 0) -> Share | None:
    """The share that scores before and after a block come to; scores under sedation or of other places are left out.

    None where the later score is higher: it then tells that the relief has ended.
    """
    text = _DATE.sub(lambda m: " " * len(m[0]), written.replace("_", " "))
    text = _MILLIMETRES.sub(lambda m: f"{m[1]}.{m[2]}".ljust(len(m[0])), text)
    fell = _FELL_BY.search(text)
    before, after, span = _before_and_after(text, fell)
    before, after, span = _with_the_other(text, before, after, span)
    if fell and before is not None:
        points = number(next(g for g in (fell["n"], fell["m"], fell["k"], fell["j"]) if g)) or 0.0
        if before > 0 and points <= before:
            return Share(offset, offset + len(text), round(100 * points / before), True)
    if before and after is not None and after <= before and span[0] < span[1]:
        return Share(offset + span[0], offset + span[1], round(100 * (before - after) / before), True)
    return None


def _with_the_other(
    text: str, before: float | None, after: float | None, span: list[int]
) -> tuple[float | None, float | None, list[int]]:
    """Of two scores of which one is named that before the block ("NRS 2 (pre 7)"), the other is the one after it."""
    scores = [m for m in _SCORE.finditer(text) if not _skipped(text, m)]
    if len(scores) == _PAIR and before is None and after is not None and _WEEK_BEFORE.search(text):
        first = number(scores[0]["low"])
        if first is not None and after <= first <= _HIGHEST and number(scores[1]["low"]) == after:
            return first, after, [scores[0].start(), scores[1].end()]
    if before is None or after is not None or len(scores) != _PAIR:
        return before, after, span
    values = [number(m["low"]) for m in scores]
    other = next((v for v in values if v != before), before)
    if other is None or other > _HIGHEST or before not in values:
        return before, after, span
    return before, other, [scores[0].start(), scores[1].end()]


def _before_and_after(text: str, fell: re.Match[str] | None) -> tuple[float | None, float | None, list[int]]:
    """The score before the block, the one after it, and the span that holds both."""
    before: float | None = None
    after: float | None = None
    span = [len(text), 0]
    scores = [
        m
        for m in _SCORE.finditer(text)
        if (v := number(m["low"])) is not None and v <= 10 and not _skipped(text, m)
    ]
    last: re.Match[str] | None = None
    tagged = 0
    for match in scores:
        if fell and match.start() < fell.end() and fell.start() < match.end():
            continue
        value = number(match["low"]) or 0.0
        high = number(match["high"]) if match["high"] else None
        if high is not None and high < value and "to" in match[0]:
            before, after, last = value, high, match
            span = [min(span[0], match.start()), match.end()]
            continue
        if last is not None and _ARROW.match(text[last.end() : match.start()]):
            if before is None:
                before = number(last["low"])
                span[0] = min(span[0], last.start())
            after = value
            span[1] = match.end()
            last = match
            continue
        if last is not None and _REVERSE.match(text[last.end() : match.start()]):
            before, after = value, number(last["low"])
            span = [min(span[0], last.start()), match.end()]
            last = match
            continue
        head = text[max(tagged, match.start() - 40) : match.start()]
        was, now = _TAGGED_BEFORE.match(text, match.end()), _TAGGED_AFTER.match(text, match.end())
        if was or _BEFORE.search(head):
            tagged = was.end() if was else tagged
            if before is None:
                before = value
                span = [min(span[0], match.start()), max(span[1], match.end())]
        elif (
            now
            or _AFTER.search(head)
            or (before is not None and after is None and value < before and _THEN.search(head))
        ):
            tagged = now.end() if now else tagged
            after = value if after is None or re.search(r"home|d ?\d|day", head) else after
            span = [min(span[0], match.start()), max(span[1], match.end())]
        last = match
    return before, after, span


def _skipped(text: str, match: re.Match[str]) -> bool:
    if match["ten"]:
        return bool(
            re.search(
                r"sedat|asleep|drowsy|pacu|rec(?:overy)? room|needle|knee",
                text[max(0, match.start() - 24) : match.end() + 12],
            )
        )
    clause = re.split(r"[|.;]", text[: match.start()])[-1][-26:]
    behind = re.split(r"[|.;,]", text[match.end() :])[0][:14]
    return bool(_SKIP.search(clause) or re.search(r"sedat|asleep|drowsy|pacu", behind))
