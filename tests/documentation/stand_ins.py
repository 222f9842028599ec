"""Small made-up corpora in the places and the formats of those that the documentation's commands name.

With them every command runs on any machine: what needs the real ones is tested elsewhere.
"""

from __future__ import annotations

import random
import shutil
from itertools import islice
from pathlib import Path

from multihead_at.datasets import sample_dir
from multihead_at.documents import read_documents, write_documents
from tests.documents.ace04_files import annotation, body, heads_in, relation

_AD = """#doc ad-{number}
0\tROOT\tO\t['N']\t[0]
1\tvilla\tB-Property\t['Part-of']\t[0]
2\tmet\tO\t['N']\t[2]
3\truime\tB-Space\t['N']\t[3]
4\tliving\tI-Space\t['Part-of']\t[1]
5\ten\tO\t['N']\t[5]
6\tkamer\tB-Space\t['Equivalent']\t[4]
7\tnaast\tO\t['N']\t[7]
8\tgarage\tB-Extra building\t['Part-of']\t[0]
"""

# As the authors write theirs.
_CONFIGURATION = """filename_embeddings = data/CoNLL04/vecs.txt
filename_train          =data/CoNLL04/train.txt
filename_dev            = "data/CoNLL04/dev.txt"
filename_test           = "data/CoNLL04/test.txt"
nepochs                 = 130
optimizer               = Adam # how
ner_loss                = crf # softmax is the other
use_adversarial         = True
ner_classes             = BIO
evaluation_method       = strict
root_node               = False
"""

_SPLITS = {"train": 80, "dev": 12, "test": 12}


def write_stand_ins(checkout: Path) -> None:
    """Writes all of them into a checkout's `data`, and one of the original's configuration files."""
    data = checkout / "data"
    _write_conll04(data / "conll04")
    _write_ade(data / "ade")
    _write_ace04(data / "ace04")
    _write_drec(data / "drec")
    (data / "embeddings").mkdir()
    shutil.copyfile(sample_dir() / "vectors.txt", data / "embeddings" / "glove-wiki-gigaword-100.txt")
    configurations = checkout / "configs" / "CoNLL04"
    configurations.mkdir(parents=True)
    (configurations / "bio_config_adv").write_text(_CONFIGURATION, encoding="utf-8")


def _write_conll04(folder: Path) -> None:
    folder.mkdir(parents=True)
    for split, count in _SPLITS.items():
        documents = list(islice(read_documents(sample_dir() / f"{split}.txt"), count))
        write_documents(folder / f"{split}.txt", documents)


def _write_ade(folder: Path) -> None:
    folder.mkdir()
    drugs = [f"Zorbin{number:02}" for number in range(40)]
    # "rash" begins at 14.
    lines = (f"{number}|{drug} gave rash .|rash|14|18|{drug}|0|8\n" for number, drug in enumerate(drugs))
    (folder / "DRUG-AE.rel").write_text("".join(lines), encoding="utf-8")


def _write_ace04(folder: Path) -> None:
    source = body("Ada Brook lives in Velm.")
    heads = heads_in(source, ("1", "PER", "Ada Brook"), ("2", "GPE", "Velm"))
    (folder / "split").mkdir(parents=True)
    for fold in range(5):
        names = [f"{fold}.{number}" for number in range(4)]
        (folder / "split" / f"cv{fold}").write_text("\n".join(names), encoding="utf-8")
        for name in names:
            (folder / f"{name}.sgm").write_text(source, encoding="utf-8")
            text = annotation(*heads, relation("PHYS", ("1", "2")))
            (folder / f"{name}.apf.xml").write_text(text, encoding="utf-8")


def _write_drec(folder: Path) -> None:
    folder.mkdir()
    for split, count in _SPLITS.items():
        ads = "".join(_AD.format(number=f"{split}-{number}") for number in range(count))
        (folder / f"{split}.tsv").write_text(ads, encoding="utf-8")
    words = sorted({line.split("\t")[1].lower() for line in _AD.splitlines()[1:]})
    draw = random.Random(1)
    rows = (" ".join(f"{draw.uniform(-1, 1):.3f}" for _ in range(8)) for _ in words)
    text = "".join(f"{word} {row}\n" for word, row in zip(words, rows))
    (folder / "embeddings_matrix.txt").write_text(text, encoding="utf-8")
