"""The legal forms of companies: how they are written, and which are the same."""

import re

# Canonical form | spellings. Forms of one canon stand for each other between languages (ISO 20275 lists them).
_TABLE = """
ag|aktiengesellschaft,ag
gmbh|gesellschaft mit beschrankter haftung,gmbh,g m b h,gesmbh,mbh
ltd|limited,ltd,private limited,pvt ltd,pte ltd,pty ltd,co ltd,company limited
llc|limited liability company,llc,l l c,ooo,obschestvo s ogranichennoy otvetstvennostyu,tov,srl,sarl,s a r l,sp z o o
llc|societatea cu raspundere limitata,spolka z ograniczona odpowiedzialnoscia,s r l,bv,b v,sro,s r o,doo,oyj llc
jsc|joint stock company,jsc,ao,oao,ojsc,open joint stock company,pao,pjsc,zao,cjsc,closed joint stock company,at,pat
jsc|public joint stock company,joynt stock company,aktsionernoe obschestvo
sa|societe anonyme,sociedad anonima,sa,s a,spa,s p a,societa per azioni,sas,s a s
inc|incorporated,inc
corp|corporation,corp
co|company,co
plc|public limited company,plc
llp|limited liability partnership,llp
lp|limited partnership,lp,l p
nv|naamloze vennootschap,nv,n v
ab|aktiebolag,ab
as|aksjeselskap,aktieselskab,anonim sirketi,as,a s
oy|osakeyhtio,oyj,oy
kg|kommanditgesellschaft,kg
se|societas europaea,se
pt|perseroan terbatas,pt,p t
na|national association,n a
npo|autonomous non commercial organization,ano,eingetragener verein,non profit organization
"""

FORMS = {
    spelling: line.split("|")[0] for line in _TABLE.strip().splitlines() for spelling in line.split("|")[1].split(",")
}
_PHRASE = re.compile(
    r"\b(?:" + "|".join(sorted((re.escape(form) for form in FORMS if " " in form), key=lambda f: (-len(f), f))) + r")\b"
)
_CANONS = frozenset(FORMS.values())
# Words of the table that are more often something else in a name that has no other sign of a company.
_DOUBTFUL = frozenset(
    {"at", "as", "se", "ao", "na", "pt", "pat", "co", "sa", "tov", "spa", "ab", "doo", "sas", "kg", "lp"}
)


def split(words: str) -> tuple[str, frozenset[str]]:
    """Return folded words without their legal forms, and the canonical forms found.

    A form is looked for at either end only, and a name is never taken away whole.

    >>> split("gazprom neft open joint stock company")
    ('gazprom neft', frozenset({'jsc'}))
    """
    tokens = _PHRASE.sub(lambda form: FORMS[form[0]].upper(), words).split()
    found = set()
    while len(tokens) > 1 and (form := _form(tokens[-1], at_end=True)):
        found.add(form)
        tokens.pop()
    while len(tokens) > 1 and (form := _form(tokens[0], at_end=False)):
        found.add(form)
        tokens.pop(0)
    return " ".join(tokens).casefold(), frozenset(found)


def _form(token: str, *, at_end: bool) -> str | None:
    """Return the canon of a legal form; upper case marks a phrase already recognised."""
    if token.isupper() and token.casefold() in _CANONS:
        return token.casefold()
    if token in _DOUBTFUL and not at_end:
        return None
    return FORMS.get(token)
