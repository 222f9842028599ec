from __future__ import annotations

from multihead_at.scoring import ClassScore, Scores, format_scores

HALF = ClassScore(1, 1, 1)
PERFECT = ClassScore(2, 0, 0)
MISSED = ClassScore(0, 0, 1)
INVENTED = ClassScore(0, 3, 0)


def test_strict_table() -> None:
    scores = Scores(
        "strict",
        True,
        {"Loc": HALF, "O": ClassScore(), "Org": ClassScore(1234, 0, 0)},
        {"Kill": MISSED, "Live_In": PERFECT},
    )
    # Entities: P = R = 1235/1236 = 99.92 %. Relations: P = 1, R = 2/3, F1 = 4/5. Mean: (99.919 + 80) / 2
    assert format_scores(scores).splitlines() == [
        "entities (strict, root node)    TP  FP  FN       P       R      F1",
        "Loc                              1   1   1   50.00   50.00   50.00",
        "Org                           1234   0   0  100.00  100.00  100.00",
        "micro                         1235   1   1   99.92   99.92   99.92",
        "",
        "relations                       TP  FP  FN       P       R      F1",
        "Kill                             0   0   1    0.00    0.00    0.00",
        "Live_In                          2   0   0  100.00  100.00  100.00",
        "micro                            2   0   1  100.00   66.67   80.00",
        "",
        "F1 (micro): entity 99.92 / relation 80.00 / overall 89.96",
    ]


def test_boundaries_table_has_no_classes() -> None:
    scores = Scores("boundaries", False, {}, {"Kill": PERFECT}, entity_boundaries=HALF)
    lines = format_scores(scores).splitlines()
    assert lines[:2] == [
        "entities (boundaries)  TP  FP  FN       P       R      F1",
        "micro                   1   1   1   50.00   50.00   50.00",
    ]
    assert lines[-1] == "F1 (micro): entity 50.00 / relation 100.00 / overall 75.00"


def test_relaxed_table_has_macro_rows_with_and_without_other() -> None:
    entity = {"Loc": HALF, "O": INVENTED, "Other": MISSED, "Peop": PERFECT}
    scores = Scores("relaxed", False, entity, {"Kill": PERFECT, "Live_In": MISSED})
    # Micro entities: 3 hits, 4 invented, 2 missed: P = 3/7, R = 3/5, F1 = (18/35) / (36/35) = 1/2.
    assert format_scores(scores).splitlines() == [
        "entities (relaxed)   TP  FP  FN       P       R      F1",
        "Loc                   1   1   1   50.00   50.00   50.00",
        "O                     0   3   0    0.00    0.00    0.00",
        "Other                 0   0   1    0.00    0.00    0.00",
        "Peop                  2   0   0  100.00  100.00  100.00",
        "micro                 3   4   2   42.86   60.00   50.00",
        "macro                             50.00   50.00   50.00",
        "macro without Other               75.00   75.00   75.00",
        "",
        "relations            TP  FP  FN       P       R      F1",
        "Kill                  2   0   0  100.00  100.00  100.00",
        "Live_In               0   0   1    0.00    0.00    0.00",
        "micro                 2   0   1  100.00   66.67   80.00",
        "macro                             50.00   50.00   50.00",
        "",
        "F1 (macro, with Other): entity 50.00 / relation 50.00 / overall 50.00",
        "F1 (macro without Other): entity 75.00 / relation 50.00 / overall 62.50",
    ]


def test_figures_with_other_stand_in_the_order_of_their_names() -> None:
    scores = Scores("relaxed", False, {"Loc": PERFECT, "Other": MISSED}, {"Kill": PERFECT})
    # Entities (1 + 0) / 2, relations 1, overall (1/2 + 1) / 2.
    assert "F1 (macro, with Other): entity 50.00 / relation 100.00 / overall 75.00" in format_scores(scores)


def test_a_class_that_never_occurs_has_its_row() -> None:
    rows = format_scores(Scores("strict", False, {"Loc": PERFECT, "Org": ClassScore()}, {})).splitlines()
    assert [row.split()[:4] for row in rows[1:3]] == [["Loc", "2", "0", "0"], ["Org", "0", "0", "0"]]


def test_relaxed_table_without_a_class_other() -> None:
    lines = format_scores(Scores("relaxed", False, {"Loc": HALF}, {"Kill": PERFECT})).splitlines()
    assert not any("Other" in line for line in lines)
    assert lines[-1] == "F1 (macro): entity 50.00 / relation 100.00 / overall 75.00"
