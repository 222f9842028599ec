"""Installation: `pip install .`, and `pip install ".[test]"` with what the tests need.

Flag files and sample corpus lie where a reader of the checkout looks for them; installed, they lie inside
the package.
"""

from __future__ import annotations

import re
from pathlib import Path

from setuptools import find_packages, setup

_HERE = Path(__file__).resolve().parent

# Folders of data that are installed as packages of their own.
_DATA_PACKAGES = {"multihead_at.flags": "flags", "multihead_at.sample": "data/sample"}


# What `--decoding=edmonds` finds trees with.
_TREES = ["networkx>=3.0"]

# What `report` and `pages` draw with.
_PLOTS = ["matplotlib>=3.7", "statsmodels>=0.14.2"]

# What `bulk` runs on; newer ones need a protobuf that TensorFlow 2.15 does not take.
_BEAM = ["apache-beam>=2.53,<2.61"]

# The messages that TensorFlow Serving is asked with; its versions are TensorFlow's.
_SERVING = ["tensorflow-serving-api>=2.15.1,<2.16"]

# For tests/robustness/fuzz.py; there are no other wheels, and none of one version for all.
_LINUX = 'sys_platform == "linux" and platform_machine == "x86_64"'
_FUZZ = [
    f'atheris==2.3.*; python_version < "3.11" and {_LINUX}',
    f'atheris==3.0.*; python_version >= "3.11" and {_LINUX}',
]


def _version() -> str:
    # Read, not imported: the package's requirements are not there yet.
    text = (_HERE / "multihead_at" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', text, re.MULTILINE)
    if found is None:
        raise RuntimeError('expected a line __version__ = "..." in multihead_at/__init__.py')
    return found.group(1)


setup(
    name="multihead_at",
    version=_version(),
    description="Joint entity and relation extraction by head selection, with adversarial training",
    author="multihead_at contributors",
    license="MIT",
    license_files=["LICENSE"],
    python_requires=">=3.9,<3.12",
    packages=[*find_packages(include=["multihead_at", "multihead_at.*"]), *_DATA_PACKAGES],
    package_dir=_DATA_PACKAGES,
    package_data={
        "multihead_at": ["py.typed"],
        "multihead_at.datasets": ["*.txt"],
        "multihead_at.pictures": ["*.css", "*.js"],
        "multihead_at.flags": ["*.flags"],
        "multihead_at.sample": ["*.txt"],
    },
    entry_points={"console_scripts": ["multihead-at = multihead_at.cli.main:main"]},
    install_requires=[
        "tensorflow>=2.15.1,<2.16",
        "tensorflow-addons==0.23.*",
        # TensorFlow Addons' own bound, said again because newer ones break it.
        "typeguard>=2.7,<3",
        "numpy>=1.23.5,<2",
        "absl-py>=1.4",
        "gensim>=4.3.3,<5",
        "tqdm>=4.60",
    ],
    extras_require={
        "beam": _BEAM,
        "fuzz": _FUZZ,
        "plots": _PLOTS,
        "trees": _TREES,
        "serving": _SERVING,
        "test": [
            *_BEAM,
            *_FUZZ,
            *_PLOTS,
            *_SERVING,
            *_TREES,
            "hypothesis>=6.83",
            # The last that check for Python 3.9: newer ones are written in a newer Python.
            "mypy==1.19.*",
            "pytest==8.*",
            "pytest-xdist>=3.5",
            # Drives the browser of the tests of the pages; the browser is the machine's.
            "selenium>=4.10",
            # A newer one may format otherwise.
            "ruff==0.17.*",
        ],
    },
)
