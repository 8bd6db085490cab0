def upkeep(*a): return {}
