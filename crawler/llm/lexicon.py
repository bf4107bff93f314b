"""Words that a summary may use although its article does not: they say how something is told, not what happened.

The list is closed on purpose. A word that is neither here nor in the article, nor has a near word there, is a claim of
the writer's own, and the sentence with it is refused.
"""

from __future__ import annotations

from crawler.llm.stems import stem

# Grammar: these carry no claim. Denials are judged by where they stand; comparisons and quantities are not among them.
MINOR = frozenset(
    """
    a an the this that these those it its they them their he she his her who whom whose which what when where why how
    and or but so as if than then also both either while whereas because since although though until unless whether
    of to in on at by for from with into onto upon over under between among through during across along around about
    after before within via per against toward towards out off up down beside besides behind
    is are was were be been being am do does did done doing have has had having can could will would may might must
    shall should let lets get gets got
    there here now still just even very too rather quite such each every any some other others another same own
    one ones itself themselves himself herself
    not no never none neither nor without cannot nothing nobody
    isn't aren't wasn't weren't don't doesn't didn't haven't hasn't hadn't can't couldn't won't wouldn't shouldn't
    it's that's there's what's let's i'm i've i'll i'd we're we've we'll we'd you're you've you'll you'd they're they've
    they'll they'd
    """.split()  # noqa: SIM905 - read as words, not as a hundred literals
)

# How a text tells, who tells it, and the words for things in general.
_TELLING = """
    explain describe show tell share present discuss cover detail outline introduce explore report recount argue
    note say write document walk look examine review summarize trace demonstrate illustrate compare contrast weigh
    recommend suggest propose offer give list collect gather name call mention point reflect conclude account
    announce reveal highlight focus address answer ask consider discover learn find see think open close begin
    debate observe remark trace track map sketch chart survey study investigate analyze analysis assess evaluate
    judge question advise warn urge admit acknowledge confirm clarify define expand elaborate reply respond
    collection compile catalogue diary journal log column entry interview report newsletter digest roundup primer
    programmer veteran maintainer contributor speaker member expert practitioner researcher scientist engineer
    student personal technical practical brief short detailed thorough hands-on early first second article post blog
    guide walkthrough tutorial essay piece text story series part overview introduction summary recap lesson
    takeaway example case detail explanation description discussion comparison author writer reader team engineer
    developer people user company project organization group community member
"""
_GENERAL = """
    use make build create work run keep help let allow enable need want require include combine provide support
    handle turn take bring put set begin start continue lead come go follow become remain stay stand lie hold
    contain add change move do try aim serve apply choose decide rely depend based mean result cause happen involve
    develop design implement adopt manage solve thing way kind sort type form number amount set range variety series
    pair piece part side place point area field step stage level order time approach method technique practice
    process procedure tool system software application code feature function component service technology solution
    problem issue challenge question reason cause effect result outcome goal aim purpose idea concept principle
    topic subject matter aspect factor option choice decision work effort task job change difference difficulty
    trouble need use way plan strategy setup setting experience knowledge information detail fact context background
    origin future past current previous original several various different certain particular specific general
    common main key own whole full entire single further additional extra later earlier next last final finally
    eventually meanwhile together instead again already yet often usually sometimes directly simply currently
    recently originally typically mainly mostly well able available possible likely match fit suit accompany carry
    reach pull push hold catch treat deal cost price expose leave miss lack mark wrap sum switch attach spread spend
    spare exchange respect accord account throughout overall altogether alike apart alone along aside ahead away
    back forth onward once twofold instant useful helpful readable flexible efficient effective convenient
    consistent independent dependent ordinary typical basic advanced modern standard custom dedicated separate
    shared related similar familiar unfamiliar experienced template repository page character basics link mail
    archive record item element entry object value kind overhaul rework reopen revise revisit rephrase distill
    condense accept deserve admit save carry span exist purely day advice web largely partly nearly almost roughly
    around up about approximately especially mainly particularly notably correctly properly automatically manually
    explicitly carefully closely gradually steadily quickly slowly pattern shape structure model design layout
    format style behavior state status condition situation environment requirement constraint restriction property
    attribute quality quantity size scale scope extent degree creation addition removal change extension
    introduction use usage adoption support integration interaction everyone everything someone something anyone
    anything nobody long short small large big new old good simple complex hard easy
"""
# Words that say the same of a thing; of opposite directions each has its own.
_SAME = """
    reduce cut lower decrease shrink drop trim slash lessen minimize less fewer smaller decline down
    |increase raise grow rise boost more higher larger climb up gain
    |fast quick rapid speed accelerate faster quicker swift speedup
    |slow slower sluggish slowdown latency lag
    |improve better enhance improvement upgrade optimize refine
    |worse degrade worsen regress deteriorate
    |remove delete drop eliminate strip discard purge clear
    |replace swap substitute switch migrate move supersede successor
    |add introduce gain include new bring adopt
    |create build make develop construct produce write craft implement
    |begin start launch commence kick
    |end finish stop conclude close complete
    |release ship launch publish available version arrive land out
    |fix repair resolve solve correct patch mend address bugfix
    |bug defect fault error flaw issue problem
    |outage incident downtime disruption failure
    |crash fail failure break
    |test check verify validate try experiment
    |find discover detect identify uncover spot notice
    |use employ utilize adopt apply rely leverage
    |allow enable let permit support possible
    |prevent avoid block stop protect guard
    |need require must demand necessary
    |choose pick select decide opt prefer
    |split divide separate partition shard break
    |merge combine join unify consolidate
    |automate automatic automatically
    |simple simplify easy easier straightforward
    |complex complicated difficult hard intricate
    |cheap cheaper cost saving inexpensive save
    |expensive costly cost
    |big large huge massive giant
    |small tiny little lightweight
    |show display render visualize present
    |gather collect aggregate
    |store save persist keep
    |send transmit deliver emit push
    |fetch retrieve load read pull get
    |run execute launch
    |host serve run
    |rewrite rework refactor redesign rebuild reimplement
    |extend expand broaden widen grow
    |guide tutorial walkthrough howto introduction
    |team group crew engineers squad
    |company firm organization business
    |developer programmer engineer coder dev
    |user customer client people
    |application app program software
    |repository repo
    |configuration config settings option
    |documentation docs document
    |database db datastore
    |kubernetes k8s
    |javascript js
    |typescript ts
    |environment env
    |authentication auth login
    |infrastructure infra
    |production prod
    |language languages
    |annual yearly year
    |monthly month
    |weekly week
    |daily day
    |hourly hour
    |entire whole full complete
    |several multiple many various numerous
    |most majority mainly mostly
    |current present today now
    |previous earlier former before prior past old
    |first initial original early
    |last latest recent newest final
    |besides also additionally moreover
    |method approach technique way strategy
    |part component piece section module
    |benefit advantage
    |drawback disadvantage downside limitation tradeoff
    |goal aim objective target purpose
    |result outcome effect consequence impact
    |reason cause root
    |lesson learning takeaway insight
    |event conference meetup gathering meeting workshop
    |talk presentation session speech
    |paper research study publication
    |contributor volunteer participant member
    |attendee participant visitor
    |code source implementation
    |website site page web
    |server machine host node
    |rule policy guideline
    |contain include hold comprise consist
    |teach train educate learn course
    |explain clarify
    |plan intend roadmap
    |handle manage process deal cope
    |monitor observe watch track
    |measure benchmark metric
    |connect link attach join
    |limit cap bound restrict constrain
    |keep retain preserve maintain stay
    |wait delay pause block
    |share common shared
    |compile build
    |draw plot chart graph figure diagram
    |picture image photo
    |old legacy outdated
    |deprecate sunset retire
    |secure security safe protect
    |vulnerability exploit weakness hole
    |attack attacker threat adversary
    |reliable reliability robust stable resilient
    |scale scalable scalability grow
    |memory ram
    |processor cpu core
    |deploy deployment rollout ship release
    |wrong incorrect false mistaken
    |right correct proper accurate
    |money fund funding financial donation
    |job hire role position hiring
    |new newly recent recently fresh
"""
_OPPOSITES = """
    reduce cut lower decrease shrink drop less fewer smaller down / increase raise grow rise boost more higher larger up
    |fast quick rapid speed accelerate / slow slower sluggish
    |improve better best / worse worst degrade worsen regress
    |add introduce include gain / remove delete drop eliminate lose
    |succeed success win / fail failure lose
    |cheap cheaper / expensive costly
    |enable allow permit / disable forbid prevent block
    |accept approve / reject refuse deny
    |start begin open launch / end stop close finish
    |first / last
    |before earlier / after later
    |early / late
    |simple easy / complex hard difficult
    |safe secure / unsafe insecure vulnerable
    |support / drop deprecate
    |with / without
    |minimum least / maximum most
    |static / dynamic
    |public / private
    |always / never
    |all every / none
    |stable / unstable
    |possible / impossible
    |merge combine / split separate divide
"""
_TOLD = frozenset(map(stem, _TELLING.split()))
_FREE = _TOLD | frozenset(map(stem, _GENERAL.split()))
_GROUPS: dict[str, frozenset[str]] = {}
for _line in _SAME.split("|"):
    _group = frozenset(stem(word) for word in _line.split())
    for _word in _group:
        _GROUPS[_word] = _GROUPS.get(_word, frozenset()) | _group
_AGAINST: dict[str, frozenset[str]] = {}
for _line in _OPPOSITES.split("|"):
    _sides = [frozenset(stem(word) for word in side.split()) for side in _line.split("/")]
    for _one, _other in (_sides, _sides[::-1]):
        for _word in _one:
            _AGAINST[_word] = _AGAINST.get(_word, frozenset()) | _other


def is_free(stemmed: str) -> bool:
    """Whether a stem may stand in any summary."""
    return stemmed in _FREE


def is_telling(stemmed: str) -> bool:
    """Whether a stem says how something is told, so that it may stand in a sentence of the article's own, too."""
    return stemmed in _TOLD


def near(stemmed: str) -> frozenset[str]:
    """The stems that may stand in an article for this one."""
    return _GROUPS.get(stemmed, frozenset())


def opposites(stemmed: str) -> frozenset[str]:
    """The stems that say the contrary; none for most words."""
    return _AGAINST.get(stemmed, frozenset())
