"""The corpora and word vectors of the experiments, and where they come from.

Checksums are of the copies that our figures were made with, of GloVe's archive the one that many projects
publish. Where none is known, nothing is fetched and `how` tells what to do.
"""

from __future__ import annotations

from multihead_at.datasets.catalogue_entry import CatalogueEntry
from multihead_at.datasets.published_file import PublishedFile

_GITHUB = "https://raw.githubusercontent.com"
_AUTHORS = (
    f"{_GITHUB}/bekou/multihead_joint_entity_relation_extraction/7f40a0f7c1892821591358518c542139e88f693e"
)
_LSTM_ER = f"{_GITHUB}/tticoin/LSTM-ER/f2abe82a1a28571d2bc21db06691190cf4a4f8b4"
_ADE = f"{_GITHUB}/trunghlt/AdverseDrugReaction/42ef8abecf8e2f93ed44844fda36d4db36d38912"
_SPERT = "http://lavis.cs.hs-rm.de/storage/spert/public/datasets/conll04"
_COGCOMP = "https://cogcomp.seas.upenn.edu/Data/ER"
_STANFORD = "https://nlp.stanford.edu/data"

CATALOGUE: tuple[CatalogueEntry, ...] = (
    CatalogueEntry(
        "conll04",
        "CoNLL04 in the authors' three files",
        "none stated (its repository: MIT)",
        "From the authors' repository, bekou/multihead_joint_entity_relation_extraction, folder data/CoNLL04",
        ("conll04/train.txt", "conll04/dev.txt", "conll04/test.txt"),
        (
            PublishedFile(
                "conll04/train.txt",
                f"{_AUTHORS}/data/CoNLL04/train.txt",
                "0f560fdaa150133fc4843f72e2a8e707e7f74f06a3a3095d4b9921f8d0ce3614",
                605406,
            ),
            PublishedFile(
                "conll04/dev.txt",
                f"{_AUTHORS}/data/CoNLL04/dev.txt",
                "99e854fd2a7d19247230c3ed8c304f79022380c9d21b58f25e7ffc5fe3884e2d",
                158566,
            ),
            PublishedFile(
                "conll04/test.txt",
                f"{_AUTHORS}/data/CoNLL04/test.txt",
                "d172819deff771c059c9c6688d67c3ff2bdaa25cf71ec56b1f7e8c6705f96700",
                191006,
            ),
        ),
    ),
    CatalogueEntry(
        "conll04-raw",
        "CoNLL04 as Roth and Yih publish it, for folds",
        "none stated",
        "From the Cognitive Computation Group (cogcomp.seas.upenn.edu)",
        ("conll04/conll04.corp",),
        (
            PublishedFile(
                "conll04/conll04.corp",
                f"{_COGCOMP}/conll04.corp",
                "5730a949635dad76f3b2a9ba20fd1312d2f5cf1ea0807bd97a4ba59ca73ad4cb",
                3737351,
            ),
        ),
    ),
    CatalogueEntry(
        "conll04-spert",
        "CoNLL04 in SpERT's JSON (another cut of train and dev)",
        "none stated (SpERT: MIT)",
        "From the home of SpERT (repository lavis-nlp/spert); name the files by --filename_train and so on",
        (
            "conll04_spert_json/conll04_train.json",
            "conll04_spert_json/conll04_dev.json",
            "conll04_spert_json/conll04_test.json",
        ),
        (
            PublishedFile(
                "conll04_spert_json/conll04_train.json",
                f"{_SPERT}/conll04_train.json",
                "65c52d5b6134c72c44277c74c5ecb354bf33aa352fc7b856edf6bda0bb436eea",
                474194,
            ),
            PublishedFile(
                "conll04_spert_json/conll04_dev.json",
                f"{_SPERT}/conll04_dev.json",
                "3965a5110a79671fb74a78c0fd0113c4da6583c3833bd418c1ca414bb491e010",
                124823,
            ),
            PublishedFile(
                "conll04_spert_json/conll04_test.json",
                f"{_SPERT}/conll04_test.json",
                "347f45cf181b5641d2373248a1af0592954415234f72536835dde1df1b504556",
                151092,
            ),
        ),
    ),
    CatalogueEntry(
        "ade",
        "ADE, drugs and their adverse effects",
        "none stated; cite Gurulingappa et al. 2012",
        "From a public copy (repository trunghlt/AdverseDrugReaction); the corpus' own page is "
        "sites.google.com/site/adecorpus. Train it with --fold: the ten folds are SpERT's, which come with "
        "the package",
        ("ade/DRUG-AE.rel",),
        (
            PublishedFile(
                "ade/DRUG-AE.rel",
                f"{_ADE}/ADE-Corpus-V2/DRUG-AE.rel",
                "542cdc483ccc94927762eaf2c9a8ecac49a6c10037dda2895be6a6e20160f75a",
                1423024,
            ),
        ),
    ),
    CatalogueEntry(
        "ace04",
        "ACE 2004, English",
        "LDC's user agreement",
        "From catalog.ldc.upenn.edu/LDC2005T09; unpack it anywhere below ace04/ in the data folder, and get "
        "ace04-split. Train it with --fold",
        ("ace04/**/*.sgm",),
    ),
    CatalogueEntry(
        "ace04-split",
        "The published test folds of ACE 2004",
        "Apache 2.0 (its repository)",
        "From the repository tticoin/LSTM-ER, folder data/ace2004/split",
        tuple(f"ace04/split/cv{fold}" for fold in range(5)),
        tuple(
            PublishedFile(f"ace04/split/cv{fold}", f"{_LSTM_ER}/data/ace2004/split/cv{fold}", sha256, size)
            for fold, (sha256, size) in enumerate(
                (
                    ("3b72dac778dbc154b4783dd0c7b893f3edf0fbc2994f56f4e038ba07b2030f9c", 1518),
                    ("4cc8b4f3e7701a8ea6bacb97c3a372255d780df729e3b83e661dde136887913e", 1518),
                    ("9d6000957237bbf1a2b2022cce9c9fd8ebfd178b0e5048840648963d1e1853c9", 1519),
                    ("c83c113a8d3c76e1f9c435d36e44187c9b2302db3b76125ef9bd0ae2d6c1e5e9", 1518),
                    ("0b3262afc6fd8b7fc2eeb4e6bbd313177259059ac0c37ebaefd62c74df2accfb", 1584),
                )
            )
        ),
    ),
    CatalogueEntry(
        "drec",
        "DREC, Dutch property ads, and its word vectors",
        "by signed agreement",
        "The authors' repository has the form, folder data/DREC; put train.tsv, dev.tsv and test.tsv into "
        "drec/ in the data folder, and the embeddings_matrix.txt of that folder's embeddings_matrix.7z",
        ("drec/train.tsv", "drec/dev.tsv", "drec/test.tsv"),
    ),
    CatalogueEntry(
        "glove-wiki-gigaword-100",
        "GloVe 6B vectors, 100 wide: the default",
        "PDDL 1.0",
        "`train` has gensim's downloader get them by itself (134 MB); this is the way without gensim's "
        "server, from nlp.stanford.edu (862 MB)",
        ("embeddings/glove-wiki-gigaword-100.*",),
        (
            PublishedFile(
                "embeddings/glove-wiki-gigaword-100.txt",
                f"{_STANFORD}/glove.6B.zip",
                "617afb2fe6cbd085c235baf7a465b96f4112bd7f7ccb2b2cbd649fed9cbcf2fb",
                862182613,
                member="glove.6B.100d.txt",
                most_bytes=400_000_000,
            ),
        ),
    ),
    CatalogueEntry(
        "vecs.lc.over100freq",
        "The paper's vectors for CoNLL04, 50 wide",
        "none stated (its repository: MIT)",
        "Unzip data/CoNLL04/vecs.lc.over100freq.zip of the authors' repository into embeddings/ in the data "
        "folder, then --filename_embeddings=vecs.lc.over100freq",
        ("embeddings/vecs.lc.over100freq.*",),
    ),
)
"""In the order in which they are shown."""
