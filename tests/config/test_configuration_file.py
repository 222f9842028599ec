from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from multihead_at.config import ORIGINAL_SETTINGS, Config, read_configuration_file
from multihead_at.errors import InputError

WHOLE_FILE = """\
# vectors
filename_embeddings     =data/Corpus/vectors.txt

filename_dev            = "data/Corpus/dev.txt"
filename_test           = "data/Corpus/test.txt" # held out
filename_train          = "data/Corpus/train.txt"

nepochs                 = 130
optimizer               = Adam
activation              = tanh
learning_rate           = 1e-3
gradientClipping        = False # clip = no
nepoch_no_imprv         = 40
use_dropout             = True
ner_loss                = crf # softmax is the other
use_chars               = True\x20
use_adversarial         = 1
ner_classes             = BIO #or EC

#sizes
dropout_embedding       = 0.9
dropout_lstm            = 0.8
dropout_lstm_output     = 0.7
dropout_fcl_ner         = 1
dropout_fcl_rel         = 1
hidden_size_lstm        = 64
hidden_size_n1          = 32
#hidden_size_n2         = 32
num_lstm_layers         = 3
char_embeddings_size    = 25
hidden_size_char        = 20
label_embeddings_size   = 0 #none
alpha                   = 0.01

evaluation_method       = strict # or "boundaries", or "relaxed"
root_node               = False
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "a_config"
    path.write_bytes(text.encode("utf-8"))
    return path


def read(folder: Path, text: str) -> dict[str, object]:
    return read_configuration_file(write(folder, text))


def test_a_file_as_the_original_has_them(tmp_path: Path) -> None:
    settings = read(tmp_path, WHOLE_FILE)
    assert sorted(settings) == sorted(ORIGINAL_SETTINGS)
    assert settings["filename_embeddings"] == "data/Corpus/vectors.txt"
    assert settings["filename_test"] == "data/Corpus/test.txt"
    assert settings["nepochs"] == 130
    assert settings["learning_rate"] == 0.001
    assert settings["gradientClipping"] is False
    assert settings["use_chars"] is True
    assert settings["use_adversarial"] is True
    assert settings["ner_classes"] == "BIO"
    assert settings["evaluation_method"] == "strict"
    assert settings["dropout_fcl_ner"] == 1.0 and isinstance(settings["dropout_fcl_ner"], float)
    assert settings["hidden_size_char"] == 20 and isinstance(settings["hidden_size_char"], int)
    config = Config(**settings)  # type: ignore[arg-type]
    assert {name: getattr(config, name) for name in ORIGINAL_SETTINGS} == settings


def test_line_ends_of_windows_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufeff" + WHOLE_FILE.replace("\n", "\r\n")) == read(tmp_path, WHOLE_FILE)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("TRUE", True),
        ("1", True),
        ('"True"', True),
        ("True#x", True),
        ("false", False),
        ("0", False),
        ("yes", False),
        ("2", False),
        ("", False),
    ],
)
def test_switches(tmp_path: Path, text: str, value: bool) -> None:
    assert read(tmp_path, f"root_node = {text}") == {"root_node": value}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a.txt", "a.txt"),
        ('"a.txt"#b', "a.txt"),
        ('"a#b.txt" # c', "a"),
        ('a.txt"', "a.txt"),
        ("a#b.txt", "a"),
        ('"a = b.txt"', "a = b.txt"),
        ("a=b.txt", "a=b.txt"),
        ("two words.txt", "two words.txt"),
        ('a # "b"', "a"),
    ],
)
def test_comments_and_quotes(tmp_path: Path, text: str, value: str) -> None:
    assert read(tmp_path, f"filename_train = {text}") == {"filename_train": value}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("nepochs = 3\nnepochs 4\n", 2, "expected a line 'key = value', received 'nepochs 4'"),
        ("\n\n= 4\n", 3, "expected a line 'key = value', received '= 4'"),
        ("# x\nnepoch = 4\n", 2, "unknown key 'nepoch'; the nearest there is: nepochs"),
        ("seed = 4", 1, "unknown key 'seed'; the nearest there is: "),
        ("alpha = 1\n\nalpha = 1\n", 3, "alpha stands on line 1 already"),
        ("nepochs = many", 1, "nepochs: expected a whole number, received 'many'"),
        ("nepochs = 1.5", 1, "nepochs: expected a whole number, received '1.5'"),
        ("nepochs = 1_0", 1, "nepochs: expected a whole number, received '1_0'"),
        ("nepochs =", 1, "nepochs: expected a whole number, received ''"),
        ("nepochs = -1", 1, "nepochs: expected a whole number of at least 0, received -1"),
        ("alpha = 1,5", 1, "alpha: expected a number, received '1,5'"),
        (
            "dropout_lstm = nan",
            1,
            "dropout_lstm: expected a keep probability above 0 and at most 1, received nan",
        ),
        ("optimizer = RMSProp", 1, "optimizer: expected one of Adam, "),
        ('filename_dev = ""', 1, "filename_dev: expected a name, received ''"),
    ],
)
def test_a_bad_line_is_told_with_its_place(tmp_path: Path, text: str, line: int, message: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(InputError) as caught:
        read_configuration_file(path)
    assert str(caught.value).startswith(f"{path}:{line}: {message}")


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a_config"
    path.write_bytes(b"nepochs = 3\nfilename_dev = \xff\n")
    with pytest.raises(InputError, match=r"a_config:2: byte 0x.. received, expected UTF-8"):
        read_configuration_file(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing: cannot be read: No such file"):
        read_configuration_file(tmp_path / "nothing")
    with pytest.raises(InputError, match="cannot be read: Is a directory"):
        read_configuration_file(tmp_path)


@given(st.text(max_size=80) | st.binary(max_size=80))
def test_anything_is_read_or_refused_with_its_place(
    tmp_path_factory: pytest.TempPathFactory, content: str | bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "a_config"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    try:
        settings = read_configuration_file(path)
    except InputError as error:
        assert error.path == str(path)
        assert error.line is not None
    else:
        assert set(settings) <= set(ORIGINAL_SETTINGS)
