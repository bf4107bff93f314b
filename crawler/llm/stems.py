"""Words without their endings, so that "migrates", "migrating" and "migration" are one word to the check."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.errors import UserError
from crawler.llm import MISSING

try:
    import snowballstemmer
except ImportError as _error:
    raise UserError(MISSING.format(_error)) from _error

_STEMMER = snowballstemmer.stemmer("english")
_TOKEN = re.compile(r"[^\W_]+(?:[.'’+#&/_@:-]+[^\W_]+)*(?:\+\+|#)?")
_PART = re.compile(r"[^\W_]+(?:['’+#]+[^\W_]+)*(?:\+\+|#)?")
_IRREGULAR = {
    form: forms.split()[0]
    for forms in """
    be is are was were been being am|become became|begin began begun|break broke broken|bring brought|build built
    rebuilt |buy bought|catch caught|choose chose chosen choice|come came|cut cutting|deal dealt|do does did
    done|draw drew drawn |drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought|find
    found|freeze froze frozen |get got gotten|give gave given|go went gone goes|grow grew grown growth|have has
    had|hear heard|hide hid hidden |hold held|keep kept|know knew known knowledge|lay laid|lead led|learn
    learnt|leave left|lend lent|lose lost loss |make made|mean meant|meet met|overcome overcame|pay paid|put
    putting|read|ride rode|rise rose risen|run ran running |say said|see saw seen|seek sought|sell sold|send
    sent|set setting|shake shook|shine shone|show shown|shrink shrank shrunk|shut|sit sat|speak spoke spoken|speed
    sped|spend spent|spin spun|split|spread|stand stood|steal stole stolen |stick stuck|strike struck|swap
    swapped|sweep swept|swing swung|take took taken|teach taught|tear tore torn|tell told |think thought|throw threw
    thrown|understand understood|wake woke|wear wore worn|win won|write wrote written rewrite rewrote
    rewritten|analysis analyses analyze analyse analyzing analysing analyzed analysed analytics|child children
    |person people|mouse mice|index indices indexes|matrix matrices|vertex vertices|criterion criteria|datum data
    |appendix appendices|half halves|life lives|proof prove proven proved|deep deeper deepest depth|long length
    longer |strong strength|high height|wide width|broad breadth|hot heat|choice choices|behavior behaviour|fail
    failure |maintain maintenance|explain explanation|describe description|retain retention|contain
    container|receive reception |decide decision|divide division|extend extension|expand expansion|convert
    conversion|include inclusion |compare comparison|use usage user|store storage|simple simplify simplifies
    simplified simpler simplicity|fast faster fastest|slow slower slowest|big bigger biggest|good better best|bad
    worse worst |few fewer fewest|little less least|many more most|old older oldest|new newer newest newly|safe
    safety safely unsafe |easy easier easiest easily ease|heavy heavier heaviest|busy busier busiest|noisy noisier
    noise|early earlier earliest
    """.replace("\n", " ").split("|")
    for form in forms.split()
}
_SPELLING = (
    (re.compile(r"is(e|es|ed|ing|er|ers|ation|ations|able)$"), r"iz\1"),
    (re.compile(r"ys(e|es|ed|ing)$"), r"yz\1"),
    (re.compile(r"(?<=[a-z]{2})our(?=$|s$|ed$|ing$|al$|ite$|able$|hood$)"), "or"),
    (re.compile(r"(?<=[a-z])tre(?=$|s$|d$)"), "ter"),
    (re.compile(r"ogue(?=$|s$)"), "og"),
    (re.compile(r"(?<=[aeiou])ll(?=ed$|ing$|er$|ers$)"), "l"),
    (re.compile(r"programme(?=$|s$)"), "program"),
)
_HEADS = {str(_STEMMER.stemWord(form)): head for form, head in reversed(_IRREGULAR.items())}
# What Porter2 leaves of endings that derive one word from another: "stabl" and "stabil" are one.
_DERIVED = re.compile(r"(?<=[a-z]{4})(?:il|l|ism|ist|or|ur|ion|at|ic|er)$")


def tokens_of(text: str) -> list[str]:
    """The tokens of a text as they are written: words, names, and what hyphens, points and slashes join."""
    return _TOKEN.findall(text)


def parts_of(token: str) -> list[str]:
    """The words that a token is joined of: "client-side" has two; a possessive's ending is dropped."""
    return [bare(part) for part in _PART.findall(token)]


def bare(token: str) -> str:
    """A word without the ending of a possessive."""
    return re.sub(r"['’]s?$", "", token)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What the forms of an English word have in common (Porter2), irregular forms and British spelling too."""
    word = bare(word.casefold())
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for pattern, change in _SPELLING:
        word = pattern.sub(change, word)
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    stemmed = str(_STEMMER.stemWord(word))
    return _HEADS.get(stemmed) or _DERIVED.sub("", stemmed)
