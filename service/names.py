"""Which words of a question in another language are names, and which of its question words ask."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from corpus.glossary import Kind
from ingest.lexical import analyse, simplified
from service.lexicon import Lexicon, Sense, Word, merged, opens

END = re.compile(r"[?？؟!！。；;؛:：]|\.(?=\s|$)")  # of a sentence, or of what a question is about
_WITHOUT_CAPITALS = ("ar", "zh")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ’'-]+")
_SHORTEST = 3  # letters of a word that is kept because the library holds it; of capitals two will do
# Where question words are relative pronouns, too
_RELATIVE, _RELATIVES = ("fr", "es", "pt", "ru"), ("who", "what", "when", "where", "which")
# What a name stands beside in a script without capitals; the commonest surnames of China
_NAMED_BY = frozenset(
    "programme initiative village district region county province city town project secretary grant".split()  # noqa: SIM905
)
_PLACES = frozenset("村县镇乡市省州寨")
_TITLES = frozenset("teacher professor doctor researcher".split())  # noqa: SIM905
_ARABIC_TITLES = frozenset("استاذ استاذه دكتور دكتوره بروفيسور".split())  # noqa: SIM905, of one person
# By which Chinese writes the sounds of foreign names
_SOUNDS = frozenset(
    "阿埃艾安奥巴贝比波布查茨达德蒂杜厄尔法菲弗福戈格古哈赫霍基吉加贾卡喀科克库拉莱兰雷里利林琳卢鲁伦罗洛玛迈曼梅米莫姆穆纳娜内尼诺努欧帕佩皮"
    "普奇齐恰茹萨塞桑什圣施斯苏索塔泰坦汤特提廷图托瓦威维韦沃乌西希锡夏谢雅亚扬耶叶伊尤约泽扎詹兹佐"
)
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)


def read_words(lexicon: Lexicon, text: str, holds: Callable[[str], bool]) -> list[Word]:
    """The words of a text in the lexicon's normal form, as a question has them. `holds` says whether an English term stands in
    the library: by it words are kept that the lexicon lacks and both languages share, as names are."""
    language = lexicon.language
    known = [_lacked(_kept(word, text, holds), text, language, holds) for word in lexicon.read(text)]
    whole = list(merged(_asking(known, text, language), lambda held, word: _whole_name(held, word, text)))
    around = zip([None, *whole], whole, [*whole[1:], None], strict=False)
    return [
        replace(word, kind="unheld") if _is_name(before, word, after, text, lexicon) else word for before, word, after in around
    ]


def gap(text: str, words: Sequence[Word], number: int) -> str:
    """What stands before a word."""
    return text[words[number - 1].end : words[number].start] if number else ""


def _kept(word: Word, text: str, holds: Callable[[str], bool]) -> Word:
    """A word that the lexicon lacks, with itself as its sense where the library holds it."""
    if word.kind != "unknown" or not _LATIN.fullmatch(word.text) or (len(word.text) < _SHORTEST and not word.text.isupper()):
        return word
    terms = tuple(analyse(word.text))
    if not terms or not all(map(holds, terms)):
        return word
    kind: Kind = "name" if word.text[0].isupper() and (not opens(text, word.start) or word.text.isupper()) else "term"
    return replace(word, kind=kind, senses=(Sense(word.text, kind, terms),))


def _lacked(word: Word, text: str, language: str, holds: Callable[[str], bool]) -> Word:
    """A word with a capital within a sentence, none of whose senses the library holds, is a name that it lacks: the Zakat."""
    capital = word.text[0].isupper() and not opens(text, word.start) and language not in _WITHOUT_CAPITALS
    named = word.kind == "term" and capital
    if not named or any(all(map(holds, sense.terms)) for sense in word.senses):
        return word
    return replace(word, kind="unheld", senses=())


def _asking(words: Sequence[Word], text: str, language: str) -> Iterator[Word]:
    """Question words that ask: as relative pronouns they stand behind what is asked about; and a `when` that another question
    follows tells: when the money stops, what happens?"""
    told = False  # whether something of the sentence was said before
    for number, word in enumerate(words):
        if END.search(gap(text, words, number)) or word.english == "and":
            told = False
        relative = told and language in _RELATIVE and word.english in _RELATIVES
        tells = relative or (word.english == "when" and any(one.kind == "question" for one in words[number + 1 :]))
        yield replace(word, kind="function") if word.kind == "question" and tells else word
        told = told or word.content


def _whole_name(held: Word, word: Word, text: str) -> Word | None:
    """Two words with capitals that stand together, where nothing holds one of them: Huang Wenxiu."""
    named = _unlisted(held) and _unlisted(word) and text[held.end : word.start] == " "
    return Word(f"{held.text} {word.text}", held.start, "unheld") if named and "unknown" in (held.kind, word.kind) else None


def _unlisted(word: Word) -> bool:
    """A name by its capital, that the lexicon lacks."""
    return word.text[0].isupper() and (word.kind in ("unheld", "unknown") or word.english == word.text)


def _is_name(before: Word | None, word: Word, after: Word | None, text: str, lexicon: Lexicon) -> bool:
    """Whether a word that nothing holds is told to be a name: by a capital within a sentence or behind a title; where a script
    has none, by what it stands beside."""
    if word.kind != "unknown":
        return False
    if lexicon.language in _WITHOUT_CAPITALS and word.text.isascii():
        return word.text[0].isupper()
    if lexicon.language == "zh":
        return len(word.text) > 1 and _is_chinese_name(before, word, after, text)
    if lexicon.language == "ar":
        if before is None:
            return False
        titled = behind_title(before, word) and lexicon.plain(before.text) in _ARABIC_TITLES
        return titled or any(sense.english in _NAMED_BY for sense in before.senses)
    return word.text[0].isupper() and (not opens(text, word.start) or behind_title(before, word))


def _is_chinese_name(before: Word | None, word: Word, after: Word | None, text: str) -> bool:
    written = simplified(word.text)
    surname = written[0] in _SURNAMES
    if after is not None and after.start == word.end and (simplified(after.text) in _PLACES or (surname and _is_title(after))):
        return True
    # 西兰花, broccoli: half of a longer word is no name
    beside = [one for one in (before, after) if one is not None and (one.end == word.start or one.start == word.end)]
    cut = any(one.kind == "term" and len(one.text) == 1 for one in beside)
    foreign = {*written} <= _SOUNDS and not cut
    return foreign or (len(written) == 3 and surname) or text[word.start - 1 : word.start] == "·"


def behind_title(before: Word | None, word: Word) -> bool:
    """Whether a word stands right behind the title of a person: Professor Kamara, not Teacher, Kamara."""
    return before is not None and word.start - before.end == 1 and _is_title(before)


def _is_title(word: Word) -> bool:
    return any(sense.english in _TITLES for sense in word.senses)
