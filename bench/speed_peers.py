"""Run by `speed.py` with another interpreter: texts per CPU second of spaCy and of rensa, where they are installed.

Needs nothing but what it measures. spaCy: the small English model where one is installed, else a network of the same
build (tagger, parser, names) that has learnt nothing, which takes as long. rensa: sketches of 3-grams of words, and the
search for near copies of each text among those before it.
"""

import json
import sys
import time


def spacy_cnn(texts: list[str]) -> dict[str, float]:
    """Return texts per CPU second, and whether the network is a trained one."""
    import spacy

    trained = next((name for name in spacy.util.get_installed_models() if name.startswith("en_core_web_sm")), None)
    if trained:
        nlp = spacy.load(trained)
    else:
        nlp = spacy.blank("en")
        for name in ("tagger", "parser", "ner"):
            part = nlp.add_pipe(name)
            for number in range(45 if name != "ner" else 18):
                part.add_label(f"L{number}")
        nlp.initialize()
    nlp(texts[0])
    began = time.process_time()
    for text in texts:
        nlp(text)
    return {"spacy_cnn_per_cpu_s": len(texts) / (time.process_time() - began), "spacy_is_trained": float(bool(trained))}


def rensa_copies(texts: list[str]) -> dict[str, float]:
    """Return texts per CPU second."""
    from rensa import RMinHash, RMinHashLSH

    began = time.process_time()
    index = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)
    for number, text in enumerate(texts):
        words = text.lower().split()
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update([" ".join(words[at : at + 3]) for at in range(len(words) - 2)])
        index.query(sketch)
        index.insert(number, sketch)
    return {"rensa_per_cpu_s": len(texts) / (time.process_time() - began)}


if __name__ == "__main__":
    given: list[str] = json.load(sys.stdin)
    found: dict[str, float] = {}
    for peer in (spacy_cnn, rensa_copies):
        try:
            found |= peer(given)
        except ImportError as error:
            print(error, file=sys.stderr)
    print(json.dumps(found))
