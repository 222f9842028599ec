"""The command `predict`, on small models."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from multihead_at.cli.main import main
from multihead_at.documents import read_documents

TEXT = "Ada Brook lives in Velm."
WORDS = ("Ada", "Brook", "lives", "in", "Velm", ".")


def objects(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


class Input(io.TextIOWrapper):
    """A standard input."""

    def __init__(self, data: bytes, *, is_typed: bool = False) -> None:
        super().__init__(io.BytesIO(data))
        self._is_typed = is_typed

    def isatty(self) -> bool:
        return self._is_typed


def test_a_text_from_the_command_line(bio_run: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["predict", f"--model={bio_run}", f"--text={TEXT}"]) == 0
    output, error = capfdbinary.readouterr()
    found = json.loads(output)
    probabilities = [thing.pop("probability") for thing in found["entities"] + found["relations"]]
    assert found == {
        "id": 1,
        "text": TEXT,
        "entities": [
            {"type": "Peop", "start": 0, "end": 9, "text": "Ada Brook"},
            {"type": "Loc", "start": 19, "end": 23, "text": "Velm"},
        ],
        "relations": [{"type": "Live_In", "head": 0, "tail": 1}],
    }
    assert all(0.5 < probability <= 1 for probability in probabilities)
    assert error == b""


def test_standard_input(
    bio_run: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "stdin", Input(f"{TEXT}\n\nBo Orrin lives in Z\u00fcrich.\n".encode()))
    assert main(["predict", f"--model={bio_run}", "--input=lines"]) == 0
    lines = capfdbinary.readouterr().out.decode().splitlines()
    assert [json.loads(line)["text"] for line in lines] == [TEXT, "", "Bo Orrin lives in Z\u00fcrich."]
    assert json.loads(lines[1]) == {"id": 2, "text": "", "entities": [], "relations": []}


@pytest.mark.parametrize(
    ("flags", "texts"), [([], ["Ada", "", "Bo. Cy."]), (["--input=text"], ["Ada", "Bo. Cy."])], ids=repr
)
def test_each_line_that_is_typed_is_a_sentence_unless_told_otherwise(
    bio_run: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
    flags: list[str],
    texts: list[str],
) -> None:
    monkeypatch.setattr(sys, "stdin", Input(b"Ada\n\nBo. Cy.\n", is_typed=True))
    assert main(["predict", f"--model={bio_run}", *flags]) == 0
    lines = capfdbinary.readouterr().out.decode().splitlines()
    assert [json.loads(line)["text"] for line in lines] == texts


def test_a_file_is_running_text_even_where_one_could_type(
    bio_run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Input(b"", is_typed=True))
    (tmp_path / "in").write_text("Ada\nBrook\n", encoding="utf-8")
    output = tmp_path / "out"
    assert main(["predict", f"--model={bio_run}", f"--file={tmp_path / 'in'}", f"--output={output}"]) == 0
    assert [found["text"] for found in objects(output)] == ["Ada\nBrook"]


def test_five_columns_in_and_out_are_what_the_run_itself_has_written(bio_run: Path, tmp_path: Path) -> None:
    written = bio_run / "predictions-test.txt"
    arguments = [
        "--input=columns",
        "--format=columns",
        f"--file={written}",
        f"--output={tmp_path / 'out.txt'}",
    ]
    assert main(["predict", f"--model={bio_run}", *arguments]) == 0
    assert (tmp_path / "out.txt").read_bytes() == written.read_bytes()


def test_sentences_of_a_record_are_numbered_documents(bio_run: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.txt"
    (tmp_path / "in.jsonl").write_text(
        '{"id": "a", "text": "Ada Brook lives in Velm. So."}\n{"text": ""}\n{"text": "One"}\n',
        encoding="utf-8",
    )
    arguments = ["--input=jsonl", "--format=columns", f"--file={tmp_path / 'in.jsonl'}", f"--output={output}"]
    assert main(["predict", f"--model={bio_run}", *arguments]) == 0
    assert [document.doc_id for document in read_documents(output)] == ["a.1", "a.2", "3"]


def test_brat(bio_run: Path, tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text(f"{TEXT}\n\nBo\nOrrin lives in Tarn.\n", encoding="utf-8")
    arguments = ["--format=brat", f"--file={tmp_path / 'in.txt'}", f"--output={tmp_path / 'out'}"]
    assert main(["predict", f"--model={bio_run}", *arguments]) == 0
    text = (tmp_path / "out.txt").read_text(encoding="utf-8")
    assert text == f"{TEXT}\nBo\nOrrin lives in Tarn.\n"
    assert (tmp_path / "out.ann").read_text(encoding="utf-8").splitlines() == [
        "T1\tPeop 0 9\tAda Brook",
        "T2\tLoc 19 23\tVelm",
        "R1\tLive_In Arg1:T1 Arg2:T2",
        "T3\tPeop 25 27;28 33\tBo Orrin",
        "T4\tLoc 43 47\tTarn",
        "R2\tLive_In Arg1:T3 Arg2:T4",
    ]
    assert text[43:47] == "Tarn"


def test_a_threshold(bio_run: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["predict", f"--model={bio_run}", f"--text={TEXT}", "--threshold=1"]) == 0
    assert json.loads(capfdbinary.readouterr().out)["relations"] == []


def test_bad_records_are_put_aside_and_none_is_lost(
    bio_run: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    lines = [f'{{"id": {number}, "text": "{TEXT}"}}' for number in range(1500)]
    lines[7], lines[1200] = "nonsense", '{"id": "x\\ty", "text": 3}'
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    output, errors = tmp_path / "out.jsonl", tmp_path / "errors.jsonl"
    arguments = [
        f"--file={tmp_path / 'in.jsonl'}",
        "--input=jsonl",
        f"--output={output}",
        f"--errors={errors}",
    ]
    assert main(["predict", f"--model={bio_run}", *arguments]) == 0
    assert [found["id"] for found in objects(output)] == [n for n in range(1500) if n not in (7, 1200)]
    assert [(found["line"], found["input"]) for found in objects(errors)] == [
        (8, lines[7]),
        (1201, lines[1200]),
    ]
    assert objects(errors)[1]["error"] == "text 3 received, expected a text in quotation marks"
    assert capfd.readouterr().err == f"multihead-at: warning: 2 records put aside in {errors}\n"


def test_what_cannot_be_written_is_a_bad_record_too(bio_run: Path, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"tokens": ["a\\tb"]}\n{"tokens": ["a"]}\n', encoding="utf-8")
    arguments = [f"--file={tmp_path / 'in.jsonl'}", "--input=jsonl", "--format=columns"]
    files = [f"--output={tmp_path / 'out.txt'}", f"--errors={tmp_path / 'errors.jsonl'}"]
    assert main(["predict", f"--model={bio_run}", *arguments, *files]) == 0
    assert [document.doc_id for document in read_documents(tmp_path / "out.txt")] == ["2"]
    (bad,) = objects(tmp_path / "errors.jsonl")
    assert bad["line"] == 1 and "without tabs" in bad["error"]


def test_a_bad_record_stops_the_command_and_an_older_output_stays(
    bio_run: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    file.write_text('{"text": "a"}\n[]\n', encoding="utf-8")
    output.write_text("old", encoding="utf-8")
    arguments = [f"--file={file}", "--input=jsonl", f"--output={output}"]
    assert main(["predict", f"--model={bio_run}", *arguments]) == 2
    assert capfd.readouterr().err == (
        f"multihead-at: error: {file}:2: expected a JSON object, received list "
        "(--errors=FILE puts such records aside)\n"
    )
    assert output.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_ctrl_c_leaves_an_older_output(
    bio_run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    file, output = tmp_path / "in.txt", tmp_path / "out.jsonl"
    file.write_text(TEXT, encoding="utf-8")
    output.write_text("old", encoding="utf-8")

    def interrupted(*_: Any, **__: Any) -> Iterator[Any]:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr("multihead_at.extraction.extract_records", interrupted)
    assert main(["predict", f"--model={bio_run}", f"--file={file}", f"--output={output}"]) == 130
    assert capfd.readouterr().err == "multihead-at: interrupted\n"
    assert output.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.txt", "out.jsonl"]


class Terminal(io.StringIO):
    """An error stream that somebody looks at."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("is_plain_file", [True, False])
def test_a_bar_on_a_terminal_knows_how_much_there_is_of_a_plain_file(
    bio_run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_plain_file: bool
) -> None:
    (tmp_path / "in.txt").write_bytes(b"in Velm\n" * 128)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with open(tmp_path / "in.txt", encoding="utf-8") as file:
        data = (tmp_path / "in.txt").read_bytes()
        monkeypatch.setattr(sys, "stdin", file if is_plain_file else Input(data))
        assert main(["predict", f"--model={bio_run}", f"--output={tmp_path / 'out'}"]) == 0
    assert ("/1.02k" in terminal.getvalue()) == is_plain_file
    assert "B" in terminal.getvalue()


@pytest.mark.parametrize("form", ["lines", "text", "columns"])
def test_windows_line_ends_and_a_byte_order_mark(bio_run: Path, tmp_path: Path, form: str) -> None:
    lines = ["#doc 1", *(f"{place}\t{token}\tO\t['N']\t[{place}]" for place, token in enumerate(WORDS))]
    data = "\n".join(lines if form == "columns" else [TEXT]) + "\n"
    outputs = []
    for number, content in enumerate((data.encode(), b"\xef\xbb\xbf" + data.replace("\n", "\r\n").encode())):
        (tmp_path / "in").write_bytes(content)
        outputs.append(tmp_path / f"out{number}")
        arguments = [f"--input={form}", f"--file={tmp_path / 'in'}", f"--output={outputs[-1]}"]
        assert main(["predict", f"--model={bio_run}", *arguments]) == 0
    assert outputs[0].read_bytes() == outputs[1].read_bytes()
    assert [entity["type"] for entity in objects(outputs[0])[0]["entities"]] == ["Peop", "Loc"]


def test_a_model_with_given_boundaries(
    ec_run: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text(
        '{"tokens": ["Ada", "Brook", "sat"], "entities": [{"start": 0, "end": 2}]}\n', encoding="utf-8"
    )
    assert main(["predict", f"--model={ec_run}", f"--file={file}", "--input=jsonl"]) == 0
    found = json.loads(capfdbinary.readouterr().out)
    assert found["tokens"] == ["Ada", "Brook", "sat"]
    (entity,) = found["entities"]
    assert (entity["type"], entity["start"], entity["end"], entity["text"]) == ("Peop", 0, 2, "Ada Brook")
    assert main(["predict", f"--model={ec_run}", f"--text={TEXT}"]) == 2
    assert (
        b"it needs the boundaries of entities, which --input=text does not have"
        in capfdbinary.readouterr().err
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "--model=DIR is needed"),
        (["--model=nowhere", "--text=a"], "nowhere: expected the folder of a run, with a flags.json"),
        (
            ["--model=RUN", "--input=xml"],
            "input: expected one of text, lines, jsonl, columns, received 'xml'",
        ),
        (["--model=RUN", "--format=xml"], "format: expected one of jsonl, columns, brat, received 'xml'"),
        (["--model=RUN", "--threshold=2"], "threshold: expected a number from 0 to 1, received 2.0"),
        (["--model=RUN", "--threshold=nan"], "threshold: expected a number from 0 to 1, received nan"),
        (["--model=RUN", "--text=a", "--file=b"], "--text and --file contradict each other: leave out one"),
        (
            ["--model=RUN", "--text=a", "--format=brat"],
            "--format=brat writes two files: expected --output=NAME",
        ),
        (["--model=RUN", "--file=nothing"], "nothing: cannot be read: No such file or directory"),
        (["--model=RUN", "--file=a", "--output=./a"], "expected different files for --file and --output"),
        (
            ["--model=RUN", "--file=a.txt", "--output=a", "--format=brat"],
            "a.txt: expected different files for --file and --output",
        ),
        (
            ["--model=RUN", "--text=a", "--output=b.txt", "--errors=b.ann", "--format=brat"],
            "b.ann: expected different files for --errors and --output",
        ),
        (["--model=RUN", "--text=a", "--output=b", "--errors=b"], "expected different files for --errors"),
        (["--model=RUN", "--text=a", "--output=no/b"], "no/b: cannot be written: No such file or directory"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_mistakes(
    bio_run: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["predict", *(argument.replace("RUN", str(bio_run)) for argument in arguments)]) == 2
    error = capsys.readouterr().err
    assert error.startswith("multihead-at: error: ") and error.count("\n") == 1
    assert message in error


def test_a_closed_standard_input_is_told(
    bio_run: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["predict", f"--model={bio_run}"]) == 2
    assert "expected --text, --file or text on the standard input, which is closed" in capsys.readouterr().err


def test_a_closed_standard_output_is_told(
    bio_run: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", None)
        assert main(["predict", f"--model={bio_run}", "--text=Ada"]) == 2
    assert "expected --output, or an open standard output to write to" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "form"),
    [
        ('{"text": "Ada"}\n{"text": "Bo"}\n', "jsonl"),
        ('\ufeff{"text": "Ada"}\n', "jsonl"),
        ("#doc 1\n0\tAda\tO\t['N']\t[0]\n", "columns"),
    ],
)
def test_another_form_is_not_silently_taken_for_running_text(
    content: str, form: str, bio_run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").write_text(content, encoding="utf-8")
    flags = ["predict", f"--model={bio_run}", f"--file={tmp_path / 'in'}", f"--output={tmp_path / 'out'}"]
    assert main(flags) == 2
    assert f"expected --input={form}, or --input=text" in capsys.readouterr().err
    assert main([*flags, "--input=text"]) == 0
    assert main([*flags, f"--input={form}"]) == 0
