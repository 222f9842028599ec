"""Joint entity and relation extraction by head selection, with adversarial training.

After Bekoulis, Deleu, Demeester and Develder, EMNLP 2018.
"""

__version__ = "0.1.0"
