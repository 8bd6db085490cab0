from collections.abc import Callable

import pytest

from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Report
from watchfloor.fuse.copies import copies

ENGLISH = (
    "Ukraine's president Volodymyr Zelensky met the German chancellor Olaf Scholz in Berlin on Friday and asked "
    "for 12 more "
    "air defence systems. The talks lasted 90 minutes. Scholz promised a package worth 1.4 billion euros, to be "
    "paid with "
    "Belgium, Denmark and Norway before December. Moscow's ambassador Sergei Nechaev protested. In Kharkiv, 3 "
    "people were "
    "killed by a missile on Thursday, governor Oleh Syniehubov said, and 29 were wounded. The Polish foreign minister "
    "Radoslaw Sikorski will travel to Kyiv on October 15."
)
GERMAN = (
    "Der ukrainische Präsident Wolodymyr Selenskyj hat am Freitag in Berlin den deutschen Kanzler Olaf Scholz "
    "getroffen und "
    "um 12 weitere Flugabwehrsysteme gebeten. Die Gespräche dauerten 90 Minuten. Scholz versprach ein Paket im "
    "Wert von 1,4 "
    "Milliarden Euro, das mit Belgien, Dänemark und Norwegen bis Dezember bezahlt werden soll. Moskaus "
    "Botschafter Sergej "
    "Netschajew protestierte. In Charkiw wurden am Donnerstag 3 Menschen durch eine Rakete getötet, sagte "
    "Gouverneur Oleh "
    "Synjehubow, 29 wurden verletzt. Der polnische Außenminister Radoslaw Sikorski reist am 15. Oktober nach Kiew."
)
RUSSIAN = (
    "Президент Украины Владимир Зеленский встретился в пятницу в Берлине с канцлером Германии Олафом Шольцем и "
    "попросил ещё "
    "12 систем ПВО. Переговоры длились 90 минут. Шольц пообещал пакет на 1,4 миллиарда евро, который оплатят вместе с "
    "Бельгией, Данией и Норвегией до декабря. Посол Москвы Сергей Нечаев протестовал. В Харькове в четверг "
    "ракетой убиты 3 "
    "человека, сказал губернатор Олег Синегубов, 29 ранены. Министр иностранных дел Польши Радослав Сикорский "
    "приедет в "
    "Киев 15 октября."
)
OF_ITS_OWN = (
    "Bundeskanzler Scholz hat dem ukrainischen Staatschef Selenskyj neue Hilfe zugesagt. Bei einem Besuch in "
    "Berlin sprach "
    "Scholz am Freitag von Luftabwehr, Artillerie und Drohnen im Wert von 1,4 Milliarden Euro, an denen sich Dänemark, "
    "Norwegen und Belgien beteiligen. Es war der 5. Besuch Selenskyjs in Deutschland. Zuvor war er in Paris bei "
    "Präsident "
    "Macron, in Rom bei Meloni und in London bei Starmer gewesen. Die Opposition um Friedrich Merz forderte Taurus."
)


@pytest.mark.parametrize(("text", "language"), [(GERMAN, "de"), (RUSSIAN, "ru"), (RUSSIAN, None)])
def test_a_text_in_another_language_with_the_same_names_in_the_same_order_is_a_translation(
    report: Callable[..., Report], text: str, language: str | None
) -> None:
    first, second = report(ENGLISH), report(text, language=language, outlet="b")

    (edge,) = copies([first, second])

    assert (edge.child, edge.parent, edge.kind) == (second.id, first.id, "translation")
    assert edge.evidence


def test_an_independent_report_of_the_same_meeting_is_none(report: Callable[..., Report]) -> None:
    assert copies([report(ENGLISH), report(OF_ITS_OWN, language="de", outlet="b")]) == ()


def test_a_week_later_it_is_none(report: Callable[..., Report], day: Callable[[str], PartialDate]) -> None:
    first = report(ENGLISH, published=day("2024-10-11"))
    later = report(GERMAN, language="de", outlet="b", published=day("2024-10-19"))

    assert copies([first, later]) == ()
