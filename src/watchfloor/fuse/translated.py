def translations(reports, unlinked):
    return []
