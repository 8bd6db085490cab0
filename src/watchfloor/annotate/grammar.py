"""Closed classes of English words that the reading of statements rests on. All in lower case."""

PRONOUNS = frozenset("he she it they i we you".split())
ANONYMOUS = frozenset(
    "some many others most several both one few everyone everybody someone somebody anyone nobody none experts "
    "analysts observers critics sources officials insiders people witnesses commentators percent".split()
)
UNNAMED = frozenset("person persons source individual individuals man woman men women".split())
"""Nouns for somebody whom a report does not name."""
DOCUMENTS = frozenset(
    "report statement study survey poll letter memo document article story analysis review survey tweet post "
    "message website release filing lawsuit complaint indictment book bill law treaty agreement constitution "
    "charter resolution declaration communique editorial paper interview email transcript record records "
    "documents data figures reports polls surveys studies statistics clause paragraph section protocol convention "
    "pact slide video ad advertisement advert transcript notice sign banner".split()
)
POLITIES = frozenset("city state country nation county town side kingdom republic region province community".split())
RELATIVE = frozenset("who which".split())
CLAUSE = frozenset(
    "that after before when while as because although though if since until whereas but and or so than where "
    "whether which who whom whose once unless how why what however meanwhile then".split()
)
"""Words before which a subject cannot reach back."""

ADVERBS = frozenset(
    "also then later however further earlier again too still already just now once never always often soon instead "
    "even long since widely thus therefore first previously likewise otherwise both himself herself itself themselves "
    "not n't".split()
)
AUXILIARIES = frozenset("has have had having did do does".split())
BE = frozenset("is are was were be been being am isn't wasn't aren't weren't".split())
MODALS = frozenset("would could may might should can must shall will to wouldn't couldn't won't can't cannot".split())
RAISING = frozenset("continued continues began begins started starts proceeded on quick".split())
NEGATED = frozenset("didn't hasn't haven't doesn't don't hadn't".split())
TIME = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight morning afternoon "
    "evening night day week weekend month year january february april june july august september october november "
    "december earlier later recently last next late early ago days weeks months years hours".split()
)
TIME_LEADS = frozenset("on in this last late early at the same".split())
ASIDES = frozenset(
    "however meanwhile too though in for on at during after before speaking visiting citing referring with "
    "through via as while when where among following like including asked talking writing appearing "
    "responding".split()
)
COMPLEMENTISERS = frozenset("that how whether why what if".split())
PREPOSITIONS = frozenset(
    "in on during at via through after from by with before upon following amid over under alongside outside inside "
    "ahead about without since until as when while for to of into against".split()
)
