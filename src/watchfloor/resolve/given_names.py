"""Given names that stand for each other: short forms, and one name in several languages."""

# full name: short forms and pet names, as news prints them.
_SHORT = """
abdulaziz aziz | abraham abe | alan al | albert al bert | alexander alex sasha sandy alec
alexandra alex sasha sandra | alexei alyosha | anastasia nastya | andrew andy drew | angela angie | anthony tony
arthur art | barbara barb | barack barry | bartholomew bart | benedict ben | benjamin ben bibi benji benny
bernard bernie | bradley brad | catherine cathy kate katie kathy | charles charlie chuck | christopher chris kit
christine chris tina | clifford cliff | daniel dan danny | david dave davy | deborah debbie deb | dmitri dima mitya
donald don donny | dorothy dot | douglas doug | edward ed eddie ted ned | edwin ed | ekaterina katya
elizabeth liz beth betty eliza lizzie | eugene gene | evgeny zhenya | francis frank | francisco paco pancho
franklin frank | frederick fred freddie | gabriel gabe | george georgie | gerald jerry gerry | geoffrey geoff jeff
gregory greg | harold harry hal | helen nell | henry harry hank | herbert herb bert | hubert bert | ignacio nacho
irina ira | isaac ike | ivan vanya | jacob jake | jacqueline jackie | james jim jimmy jamie | janet jan | jeffrey jeff
jeremiah jerry | jerome jerry | jessica jess | johannes hans | john jack johnny | jonathan jon | jose pepe
joseph joe joey | joshua josh | judith judy | julian jules | katherine kate kathy katie kay kit | kenneth ken kenny
kevin kev | konstantin kostya | lawrence larry | leonard len lenny leo | leonid lyonya | louis lou | lucas luke
luiz lula | manuel manny manolo | margaret maggie meg peggy | martin marty | matthew matt | maxim max | maximilian max
maria masha | michael mike mick | mikhail misha | mohammed mo | nancy nan | nathaniel nate nat | nicholas nick nicky
nikolai kolya | oleksandr sashko | oliver ollie | oswald ozzie | pamela pam | patricia pat patty tricia
patrick pat paddy | pavel pasha | peter pete | philip phil | rafael rafa | raymond ray | rebecca becky
richard dick rick rich | robert bob bobby rob robbie bert | roberto beto | roderick rod | rodrigo digong
ronald ron ronnie | rudolph rudy | russell russ | samuel sam sammy | sandra sandy | sergei seryozha | stanley stan
stephen steve | steven steve | susan sue susie | svetlana sveta | tatiana tanya | terence terry
theodore ted teddy theo | theresa terry tess | thomas tom tommy | timothy tim | valentina valya | valery valera
victor vic | victoria vicky | viktor vitya | vincent vince | virginia ginny | vladimir volodya vova | vyacheslav slava
walter walt wally | wilhelm willi | william bill will billy willie liam | yaroslav slava | yuri yura | zachary zach
"""

# One name in several languages; only pairs that news carries over when the same person is named.
_ONE_NAME = """
alexander oleksandr aleksandr aliaksandr alyaksandr aleksander | alexei oleksii oleksiy aleksei alexey aliaksei
andrei andrii andriy andrey andrej | anton antin | daniil danylo daniel | dmitri dmytro dmitry dmitriy dzmitry
ekaterina kateryna katsiaryna catherine | elena olena alena helena
eugene evgeny yevgeny evgenii yevhen yevhenii yauhen | filipp pylyp | george georgy heorhiy heorhii giorgi
grigory hryhoriy hryhorii gregory | igor ihor ihar | irina iryna | ivan ioann | kirill kyrylo kiryl
konstantin kostiantyn kostyantyn | leonid leanid | maria mariya mariia marya | maxim maksym maksim
mikhail mykhailo mykhaylo mikhailo michael | nadezhda nadiia nadiya | natalia nataliya nataliia natallia
nikita mykyta mikita | nikolai mykola nikolay mikalai mikola nicholas | oleg oleh aleh | olga olha volha
pavel pavlo paval | peter petro pyotr petr piotr | roman raman | ruslan rouslan
sergei serhiy serhii sergey sergii siarhei syarhey | svetlana svitlana sviatlana | sofia sofiya sofiia | stepan stefan
timofei tymofiy | tatiana tetiana tetyana tatsiana | vasily vasyl vasil vasili | viktor victor viktar
vitaly vitaliy vitalii vital | vladimir volodymyr uladzimir wladimir | vladislav vladyslav uladzislau
vyacheslav viacheslav viachaslau | yaroslav iaroslav | yulia yuliya yuliia julia iuliia | yuri yuriy yurii iurii
recep rajab | yusuf youssef yousef joseph | ibrahim abraham
muhammad mohammed mohamed mohammad mohamad muhammed mehmet mohd md | ahmad ahmed ahmet | ali aly
hussein husayn husain hussain hossein hosein | hasan hassan | omar umar omer | othman osman uthman usman
yahya yehia yehya | issa isa eisa | suleiman soleiman sulayman sulaiman | abdullah abdallah abdollah abdalla
qasem qassem qasim kassem ghasem ghassem kasim | saeed said saeid | khalid khaled | jamal gamal cemal | jaber gaber
mustafa mostafa moustafa | mehdi mahdi | hamid hameed | mahmoud mahmud mehmood | hamad hamed | hamdan | khalil khaleel
kamal kemal | jamil cemil | saleh salih | salim saleem selim | salman | sultan | karim kareem | rahim | rahman rehman
nasser nasir naser nasr | rashid rasheed | rashad | walid waleed | tariq tarek tareq | faisal faysal feisal
fahd fahad | majid majed | samir sameer | amir ameer | nabil | jalal celal
gaddafi qaddafi kadhafi kaddafi gadhafi qadhafi | zayed zaid | bilal | idris idriss | ismail ismael esmail
younis yunus younes | alexandra oleksandra aleksandra | mariam maryam miriam | fatima fatemeh fatma
aisha ayesha aicha | zainab zeinab zaynab
"""


def _classes(table: str, kind: str) -> dict[str, frozenset[str]]:
    """Return every name of a table with the classes it belongs to; a short form may belong to several."""
    found: dict[str, set[str]] = {}
    for line in table.replace("\n", " | ").split("|"):
        group = line.split()
        for name in group:
            found.setdefault(name, set()).add(f"{kind} {group[0]}")
    return {name: frozenset(classes) for name, classes in found.items()}


_SHORT_FOR = _classes(_SHORT, "short")
_IN_LANGUAGES = _classes(_ONE_NAME, "language")
_NONE: frozenset[str] = frozenset()


def related(left: str, right: str) -> str | None:
    """Return why two given names stand for each other, None when they do not.

    >>> related("bill", "william"), related("serhii", "sergei"), related("ben", "robert")
    ('a short form of the given name', 'the given name in another language', None)
    """
    if _IN_LANGUAGES.get(left, _NONE) & _IN_LANGUAGES.get(right, _NONE):
        return "the given name in another language"
    if _SHORT_FOR.get(left, _NONE) & _SHORT_FOR.get(right, _NONE):
        return "a short form of the given name"
    return None


def classes(word: str) -> frozenset[str]:
    """Return the groups of given names that a word belongs to, named by their first name."""
    return _SHORT_FOR.get(word, _NONE) | _IN_LANGUAGES.get(word, _NONE)


def distinct(left: str, right: str) -> bool:
    """Return whether two words are known as two given names, however alike they look.

    >>> distinct("hassan", "hussein"), distinct("hassan", "hasan"), distinct("hassan", "hassen")
    (True, False, False)
    """
    one, other = _IN_LANGUAGES.get(left), _IN_LANGUAGES.get(right)
    return one is not None and other is not None and not one & other
