def upkeep(*a):
    return {}
