"""States as news calls them: name, adjective, capital and seat of power, so that "Seoul" or "the Kremlin" can speak."""

import re
from functools import lru_cache

# ISO 3166-1 alpha-3 | names | adjectives | capitals | seats of government. A "*" marks words that are too ambiguous to
# count outside of a speaking position ("Washington" the man or the state). Chosen by how often news lets them speak.
_TABLE = """
AFG|Afghanistan|Afghan|Kabul|
ALB|Albania|Albanian|Tirana|
DZA|Algeria|Algerian|Algiers|
ARG|Argentina|Argentine,Argentinian|Buenos Aires|Casa Rosada
ARM|Armenia|Armenian|Yerevan|
AUS|Australia|Australian|Canberra|
AUT|Austria|Austrian|Vienna|
AZE|Azerbaijan|Azerbaijani|Baku|
BGD|Bangladesh|Bangladeshi|Dhaka|
BLR|Belarus|Belarusian,Belarussian|Minsk|
BEL|Belgium|Belgian||
BIH|Bosnia and Herzegovina,Bosnia|Bosnian|Sarajevo|
BRA|Brazil|Brazilian|Brasilia|
BGR|Bulgaria|Bulgarian|Sofia|
KHM|Cambodia|Cambodian|Phnom Penh|
CAN|Canada|Canadian|Ottawa|
CHL|Chile|Chilean||La Moneda
CHN|China,People's Republic of China,PRC|Chinese|Beijing|Zhongnanhai
COL|Colombia|Colombian|Bogota|
COD|Democratic Republic of the Congo,DR Congo,DRC|Congolese|Kinshasa|
HRV|Croatia|Croatian|Zagreb|
CUB|Cuba|Cuban|Havana|
CYP|Cyprus|Cypriot|Nicosia|
CZE|Czech Republic,Czechia|Czech|Prague|
DNK|Denmark|Danish|Copenhagen|
EGY|Egypt|Egyptian|Cairo|
EST|Estonia|Estonian|Tallinn|
ETH|Ethiopia|Ethiopian|Addis Ababa|
FIN|Finland|Finnish|Helsinki|
FRA|France|French|Paris|Elysee Palace,Elysee,Quai d'Orsay
GEO|Georgia|Georgian|Tbilisi|
DEU|Germany|German|Berlin|
GRC|Greece|Greek|Athens|
HTI|Haiti|Haitian|Port-au-Prince|
HUN|Hungary|Hungarian|Budapest|
ISL|Iceland|Icelandic|Reykjavik|
IND|India|Indian|New Delhi,Delhi|
IDN|Indonesia|Indonesian|Jakarta|
IRN|Iran|Iranian|Tehran|
IRQ|Iraq|Iraqi|Baghdad|
IRL|Ireland|Irish|Dublin|
ISR|Israel|Israeli|Jerusalem|
ITA|Italy|Italian|Rome|
JPN|Japan|Japanese|Tokyo|
JOR|Jordan|Jordanian|Amman|
KAZ|Kazakhstan|Kazakh|Astana|
KEN|Kenya|Kenyan|Nairobi|
PRK|North Korea,DPRK,NK,N. Korea,Democratic People's Republic of Korea|North Korean,DPRK|Pyongyang|
KOR|South Korea,ROK,S. Korea,Republic of Korea|South Korean,ROK|Seoul|Blue House,Cheong Wa Dae
KWT|Kuwait|Kuwaiti||
KGZ|Kyrgyzstan|Kyrgyz|Bishkek|
LAO|Laos|Laotian|Vientiane|
LVA|Latvia|Latvian|Riga|
LBN|Lebanon|Lebanese|Beirut|
LBY|Libya|Libyan|Tripoli|
LTU|Lithuania|Lithuanian|Vilnius|
MYS|Malaysia|Malaysian|Kuala Lumpur,Putrajaya|
MLI|Mali|Malian|Bamako|
MEX|Mexico|Mexican|Mexico City|
MDA|Moldova|Moldovan|Chisinau|
MNG|Mongolia|Mongolian|Ulaanbaatar|
MNE|Montenegro|Montenegrin|Podgorica|
MAR|Morocco|Moroccan|Rabat|
MMR|Myanmar|Burmese|Naypyidaw|
NPL|Nepal|Nepali,Nepalese|Kathmandu|
NLD|Netherlands,Holland|Dutch|The Hague,Amsterdam|
NZL|New Zealand|New Zealand|Wellington|
NER|Niger|Nigerien|Niamey|
NGA|Nigeria|Nigerian|Abuja|
MKD|North Macedonia|Macedonian|Skopje|
NOR|Norway|Norwegian|Oslo|
OMN|Oman|Omani|Muscat|
PAK|Pakistan|Pakistani|Islamabad|
PSE|Palestine|Palestinian|Ramallah|
PER|Peru|Peruvian|Lima|
PHL|Philippines|Philippine,Filipino|Manila|Malacanang
POL|Poland|Polish|Warsaw|
PRT|Portugal|Portuguese|Lisbon|
QAT|Qatar|Qatari|Doha|
ROU|Romania|Romanian|Bucharest|
RUS|Russia,Russian Federation|Russian|Moscow|Kremlin
RWA|Rwanda|Rwandan|Kigali|
SAU|Saudi Arabia|Saudi,Saudi Arabian|Riyadh|
SRB|Serbia|Serbian|Belgrade|
SGP|Singapore|Singaporean||
SVK|Slovakia|Slovak|Bratislava|
SVN|Slovenia|Slovenian|Ljubljana|
SOM|Somalia|Somali|Mogadishu|
ZAF|South Africa|South African|Pretoria|
ESP|Spain|Spanish|Madrid|Moncloa
SDN|Sudan|Sudanese|Khartoum|
SWE|Sweden|Swedish|Stockholm|
CHE|Switzerland|Swiss|Bern|
SYR|Syria|Syrian|Damascus|
TWN|Taiwan|Taiwanese|Taipei|
TJK|Tajikistan|Tajik|Dushanbe|
THA|Thailand|Thai|Bangkok|
TUN|Tunisia|Tunisian|Tunis|
TUR|Turkey,Turkiye|Turkish|Ankara|
TKM|Turkmenistan|Turkmen|Ashgabat|
UKR|Ukraine|Ukrainian|Kyiv,Kiev|Bankova
ARE|United Arab Emirates,UAE|Emirati|Abu Dhabi|
GBR|United Kingdom,UK,U.K.,Britain,Great Britain|British,UK,U.K.|London|Downing Street,No. 10,Whitehall
USA|United States,US,U.S.,USA,United States of America|American,US,U.S.|Washington,Washington D.C.|White House
UZB|Uzbekistan|Uzbek|Tashkent|
VEN|Venezuela|Venezuelan|Caracas|Miraflores
VNM|Vietnam|Vietnamese|Hanoi|
YEM|Yemen|Yemeni|Sanaa|
"""


def _read() -> list[dict[str, str]]:
    """Return code to name, then name, adjective, capital and seat (folded) to code."""
    named: dict[str, str] = {}
    folded: list[dict[str, str]] = [{}, {}, {}, {}]
    for line in _TABLE.strip().splitlines():
        code, *columns = line.split("|")
        named[code] = columns[0].split(",")[0]
        for words, column in zip(folded, columns, strict=True):
            words.update({fold(word): code for word in column.split(",") if word})
    return [named, *folded]


def fold(words: str) -> str:
    """Return the words without dots, article, possessive and case: the form in which states are looked up.

    >>> fold("the U.S.'s")
    'us'
    """
    plain = words.replace("’", "'").replace(".", "").casefold().strip(" ,;:\"“”'")
    return " ".join(plain.removeprefix("the ").removesuffix("'s").removesuffix("'").split())


_NAME, _BY_NAME, _BY_ADJECTIVE, _BY_CAPITAL, _BY_SEAT = _read()
_LEADING = {**_BY_ADJECTIVE, **_BY_NAME}
_LONGEST = 5  # words of the longest name in the table


def name_of(code: str | None) -> str | None:
    """Return the English name of a state by its ISO 3166-1 alpha-3 code, None if the table has it not."""
    return _NAME.get(code or "")


@lru_cache(65_536)
def state(words: str) -> str | None:
    """Return the code of the state that the words name or call by its capital, None for anything else.

    >>> state("Seoul"), state("South Korea"), state("the Kremlin"), state("Russian")
    ('KOR', 'KOR', None, None)
    """
    return _BY_NAME.get(fold(words)) or _BY_CAPITAL.get(fold(words))


@lru_cache(65_536)
def seat(words: str) -> str | None:
    """Return the code of the state whose seat of power the words name ("the White House"), else None."""
    return _BY_SEAT.get(fold(words))


@lru_cache(65_536)
def leading(words: str) -> tuple[str | None, str]:
    """Return the state that the words begin with, as a name or adjective, and the rest of the words.

    >>> leading("South Korea's Ministry of Unification")
    ('KOR', 'Ministry of Unification')
    >>> leading("the ministry")
    (None, 'the ministry')
    """
    tokens = words.replace("’", "'").split()
    if tokens and tokens[0].casefold() == "the":
        tokens = tokens[1:]
    for count in range(min(_LONGEST, len(tokens) - 1), 0, -1):
        head = " ".join(tokens[:count])
        owner = head.casefold().endswith("'s")
        code = _LEADING.get(fold(head)) or (_BY_CAPITAL.get(fold(head)) if owner else None)
        if owner and fold(head) in {"north", "south"}:
            code = "PRK" if head[0] in "nN" else "KOR"
        if code:
            return code, " ".join(tokens[count:])
    return None, words


@lru_cache(65_536)
def anywhere(words: str) -> str | None:
    """Return the first state named, by name or adjective, anywhere in the words; None if none is.

    >>> anywhere("Foreign Minister of South Korea")
    'KOR'
    """
    tokens = re.findall(r"[\w.'’-]+", words)
    for start in range(len(tokens)):
        for count in range(min(_LONGEST, len(tokens) - start), 0, -1):
            code = _LEADING.get(fold(" ".join(tokens[start : start + count])))
            if code:
                return code
    return None


_CAPITAL_WORDS = re.compile(
    r"\b(?:" + "|".join(re.escape(word) for word in sorted(_BY_CAPITAL, key=lambda one: (-len(one), one))) + r")\b"
)


def capitals(text: str) -> frozenset[str]:
    """Return the codes of the states whose capitals a text names.

    >>> sorted(capitals("From Oslo to Tokyo"))
    ['JPN', 'NOR']
    """
    return frozenset(_BY_CAPITAL[word] for word in _CAPITAL_WORDS.findall(text.casefold()))
