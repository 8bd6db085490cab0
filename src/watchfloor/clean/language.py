"""Which language a text is in."""

_MIN_LETTERS = 40  # py3langid is right on 97 of 100 lines from about there; shorter is left open (assumed)
_MIN_WIDE = 12  # letters of Chinese, Japanese or Korean, which say more each
_SAMPLE = 4000  # letters looked at


def language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language, None when the text is too short to tell."""
    sample = text[:_SAMPLE]
    letters = sum(letter.isalpha() for letter in sample)
    wide = sum("\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7af" for letter in sample)
    if letters < _MIN_LETTERS and wide < _MIN_WIDE:
        return None
    import py3langid  # heavy: loads a model

    code = str(py3langid.classify(sample)[0])
    return code if len(code) == 2 else None
