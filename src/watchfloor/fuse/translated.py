from watchfloor.core.copy import Copy


def translations(reports, unlinked):
    return []
