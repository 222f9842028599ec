"""An exported model, called as a run is."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

import multihead_at
from multihead_at.datasets import default_data_dir
from multihead_at.errors import InputError
from multihead_at.export import export_run
from multihead_at.extraction import BadRecord, Extraction, Extractor, extract_records, read_records
from multihead_at.extraction.saved_model_extractor import SavedModelExtractor
from multihead_at.files import read_json, write_json
from multihead_at.runs.model_folder import find_saved_model

TOKENS = ["Ada", "Brook", "lives", "in", "Velm", "."]
TEXTS = [
    "Ada Brook lives in Velm. Bo Orrin lives\nin Tarn.",
    "",
    "\U0001f375 \u2018Cy Dale\u2019 lives in Zelgrad, I hear. " * 20,
    TOKENS,
    [],
    ["x" * 1000, "\u00e9", "lives"],
]


@pytest.fixture(scope="module")
def exported(bio_saved_model: Path) -> Path:
    return bio_saved_model


def check_same(found: list[Extraction], expected: list[Extraction]) -> None:
    for one, other in zip(found, expected):
        assert rounded(one) == rounded(other)
        assert (one.text, one.tokens, one.sentences) == (other.text, other.tokens, other.sentences)
    assert len(found) == len(expected)


def rounded(found: Extraction) -> list[tuple[object, ...]]:
    return [
        *(
            (
                one.type,
                one.start,
                one.end,
                one.text,
                one.token_start,
                one.token_end,
                round(one.probability, 4),
            )
            for one in found.entities
        ),
        *((one.type, one.head, one.tail, round(one.probability, 4)) for one in found.relations),
    ]


@pytest.mark.parametrize("threshold", [0.5, 0.0])
def test_the_answers_are_the_runs(exported: Path, bio: Extractor, threshold: float) -> None:
    model = SavedModelExtractor(exported)
    assert not model.needs_boundaries
    check_same(model.extract(TEXTS, threshold=threshold), bio.extract(TEXTS, threshold=threshold))
    found = model.extract("Ada Brook lives in Velm.")
    assert [entity.text for entity in found.entities] == ["Ada Brook", "Velm"]


def test_given_boundaries(ec_saved_model: Path, ec: Extractor) -> None:
    model = SavedModelExtractor(ec_saved_model)
    assert model.needs_boundaries
    texts = ["Ada Brook lives in Velm. Bo Orrin lives in Tarn.", TOKENS, "", ["Velm"]]
    boundaries = [[(0, 9), (19, 23), (43, 47)], [(0, 2), (4, 5)], [], []]
    check_same(model.extract(texts, boundaries=boundaries), ec.extract(texts, boundaries=boundaries))
    with pytest.raises(InputError, match="needs their boundaries"):
        model.extract("Ada")


def test_long_sentences_are_cut_alike(
    exported: Path, bio: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("multihead_at.extraction.extractor.MOST_TOKENS", 4)
    texts = [[*TOKENS, *TOKENS]]
    check_same(SavedModelExtractor(exported).extract(texts), bio.extract(texts))


def test_it_is_loaded_as_a_run_is(exported: Path) -> None:
    assert isinstance(multihead_at.load(exported), SavedModelExtractor)
    with pytest.raises(InputError, match="has its word vectors inside"):
        multihead_at.load(exported, filename_embeddings="others")


def test_the_highest_version_is_taken(exported: Path, tmp_path: Path) -> None:
    for name in ("2", "10", "not-whole"):
        shutil.copytree(exported / "1", tmp_path / name)
    (tmp_path / "11").mkdir()
    assert find_saved_model(tmp_path) == tmp_path / "10"
    assert find_saved_model(tmp_path / "2") == tmp_path / "2"
    assert find_saved_model(tmp_path / "11") is None
    # A run's folder, whose weights may be newer.
    (tmp_path / "flags.json").write_text("{}")
    assert find_saved_model(tmp_path) is None


def test_what_is_no_exported_model(exported: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"expected a SavedModel, with a saved_model\.pb"):
        SavedModelExtractor(tmp_path)
    copy = tmp_path / "copy"
    shutil.copytree(exported / "1", copy)
    (copy / "saved_model.pb").write_bytes(b"no model")
    with pytest.raises(InputError, match=r"saved_model\.pb: damaged SavedModel"):
        SavedModelExtractor(copy)
    description = copy / "assets.extra" / "model.json"
    # Of before there were checksums.
    without = {name: value for name, value in read_json(description).items() if name != "files"}
    write_json(description, without)
    with pytest.raises(InputError, match="damaged SavedModel"):
        SavedModelExtractor(copy)
    shutil.copytree(exported / "1", copy, dirs_exist_ok=True)
    (copy / "variables" / "variables.index").unlink()
    with pytest.raises(
        InputError, match=r"variables\.index: damaged SavedModel received: expected this file"
    ):
        SavedModelExtractor(copy)
    (copy / "assets.extra" / "model.json").write_text("{}")
    with pytest.raises(InputError, match="that multihead-at export wrote"):
        SavedModelExtractor(copy)


def test_the_threshold_is_that_of_the_export_unless_another_is_given(bio_run: Path, tmp_path: Path) -> None:
    folder = export_run(bio_run, tmp_path, data_dir=default_data_dir(), threshold=1.0)
    model = multihead_at.load(folder)
    text = "Ada Brook lives in Velm."
    assert model.threshold == 1
    assert model.extract(text).relations == ()
    assert len(model.extract(text, threshold=0.5).relations) == 1
    (answered,) = extract_records(model, read_records(io.BytesIO(text.encode()), "lines"))
    assert not isinstance(answered, BadRecord) and answered[1].relations == ()


@pytest.mark.parametrize("threshold", ["0.5", 2, True, float("nan"), pytest.param(10**400, id="huge")])
def test_a_threshold_that_is_none(exported: Path, tmp_path: Path, threshold: object) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(exported / "1", copy)
    description = copy / "assets.extra" / "model.json"
    write_json(description, {**read_json(description), "threshold": threshold})
    with pytest.raises(
        InputError, match=r"model\.json: threshold .* received, expected a number from 0 to 1"
    ):
        SavedModelExtractor(copy)


def test_an_export_that_tells_no_threshold(exported: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(exported / "1", copy)
    description = copy / "assets.extra" / "model.json"
    write_json(
        description, {key: value for key, value in read_json(description).items() if key != "threshold"}
    )
    assert SavedModelExtractor(copy).threshold == 0.5
