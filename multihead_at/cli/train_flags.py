"""The flags of `train`: every key of the original's configuration files under its name there, and ours."""

from __future__ import annotations

from multihead_at.cli.command_flag import CommandFlag
from multihead_at.cli.flag_group import FlagGroup
from multihead_at.cli.shared_flags import DATA_DIR, FLAGFILE
from multihead_at.config import Config

_DEFAULTS = Config().to_dict()


def _setting(name: str, shown: str, help_text: str) -> CommandFlag:
    """A flag that is a field of `Config`; its help ends with the faithful default."""
    default = _DEFAULTS[name]
    if isinstance(default, bool):
        text = "true" if default else "false"
    else:
        text = f"{default:g}" if isinstance(default, float) else str(default)
    return CommandFlag(name, type(default), shown, f"{help_text} [{text}]")


TRAIN_FLAGS: tuple[FlagGroup, ...] = (
    FlagGroup(
        "Which configuration",
        (
            CommandFlag(
                "dataset",
                str,
                "NAME",
                "conll04, drec, ace04, ade or sample: chooses the flag file. Your own data: any other name, "
                "with all three of --filename_train, --filename_dev and --filename_test; the other settings "
                "are CoNLL04's. [sample]",
            ),
            CommandFlag(
                "ec",
                bool,
                "",
                "entity classes of given boundaries: ner_classes EC, ner_loss softmax, evaluation_method "
                "relaxed. A dataset without a flag file for it uses its BIO file with these three. "
                "[false: BIO tags]",
            ),
            CommandFlag(
                "at_alpha",
                float,
                "X",
                "adversarial training: use_adversarial, with alpha X; 0 turns it off. Not together with "
                "--alpha or --use_adversarial. [off]",
            ),
            _setting(
                "preset",
                "faithful|fast",
                "fast: flags/preset_fast.flags, whose values stand above the flag file's; trains in a "
                "fraction of the time. faithful: step by step as the original.",
            ),
            CommandFlag(
                "config_file",
                str,
                "FILE",
                "a configuration file of the original, unchanged, in place of a flag file. Its paths are "
                "tried as given, then below --data_dir ignoring case and a leading data/. Flags override it, "
                "--ec and --at_alpha too; --dataset then only names the run. "
                "[none; the run has the file's name]",
            ),
            FLAGFILE,
        ),
    ),
    FlagGroup(
        "The run",
        (
            _setting("seed", "N", "of weights, dropout and shuffling; folds do not depend on it."),
            _setting(
                "fold",
                "N",
                "cross-validation: tests on fold N (from 0), chooses the epoch by the next fold (ace04: by "
                "15 % of the others) and trains on the rest. For ade and ace04 the folds are those of the "
                "raw corpus in the data folder (ade/DRUG-AE.rel, ace04/), for other datasets 10 folds of "
                "train, dev and test together. "
                "-1: the files' own split.",
            ),
            _setting(
                "protocol",
                "original|best_retrain|best|dev_only",
                "which weights are tested: original trains again on train+dev up to the epoch at which "
                "patience ran out, best_retrain up to the best dev epoch, best tests the best dev "
                "epoch's weights, dev_only ends after dev; for ace04 and ade, and with --fold: best.",
            ),
            DATA_DIR,
            CommandFlag(
                "output_dir",
                str,
                "DIR",
                "the run's folder. [runs/<dataset>-<bio|ec>[-at<alpha>][-fold<n>]-seed<n>]",
            ),
            CommandFlag("resume", bool, "", "continue the run that the folder holds. [false]"),
            CommandFlag("overwrite", bool, "", "replace the run that the folder holds. [false]"),
            _setting("batch_size", "N", "sentences a step; the original works with one; for sample: 4."),
            _setting(
                "shuffle", "", "another order of the sentences every epoch; the original keeps the file's."
            ),
            _setting(
                "group_lengths",
                "",
                "with --shuffle, sentences of like length share a batch: less padding, less time.",
            ),
            _setting("eval_batch_size", "N", "sentences a prediction step; scores do not depend on it."),
            _setting("threads", "N", "of TensorFlow; one is fastest at one sentence a step."),
        ),
    ),
    FlagGroup(
        "Files",
        (
            _setting(
                "filename_embeddings",
                "FILE|NAME",
                "word vectors: a file, or a name found in <data_dir>/embeddings or by gensim's downloader.",
            ),
            _setting(
                "filename_train", "FILE", "documents to train on: five columns, or SpERT's JSON (.json)."
            ),
            _setting("filename_dev", "FILE", "documents that the epoch is chosen by."),
            _setting("filename_test", "FILE", "documents that the figures are reported on."),
        ),
    ),
    FlagGroup(
        "Training",
        (
            _setting("nepochs", "N", "the last epoch's number: epochs 0..N are trained."),
            _setting("nepoch_no_imprv", "N", "stop after N epochs without a better dev score."),
            _setting("optimizer", "NAME", "Adam, Adagrad, AdadeltaOptimizer or GradientDescentOptimizer."),
            _setting("learning_rate", "X", "of the optimizer."),
            _setting(
                "learning_rate_schedule",
                "constant|linear|cosine",
                "linear and cosine fall to 0 at the end of epoch nepochs.",
            ),
            _setting("adam_beta2", "X", "of Adam: how long it remembers the gradients' size."),
            _setting(
                "average_decay",
                "X",
                "of a moving average of the weights, which is then what is scored and kept; 0: off.",
            ),
            _setting("gradientClipping", "", "clip every component of the gradients to [-1, 1]."),
            _setting("use_adversarial", "", "adversarial training, with alpha as --alpha says."),
            _setting("alpha", "X", "size of the perturbation, where adversarial training is on."),
            _setting("ner_classes", "BIO|EC", "what a token's tag is; --ec sets all that EC needs."),
            _setting("ner_loss", "crf|softmax", "tagger, with either tag set; with --ec softmax."),
        ),
    ),
    FlagGroup(
        "Hyperparameters (dropouts are keep probabilities: 1 keeps everything)",
        (
            _setting("use_dropout", "", "without it no dropout at all."),
            _setting("dropout_embedding", "P", "of the token input."),
            _setting("dropout_lstm", "P", "between BiLSTM layers."),
            _setting("dropout_lstm_output", "P", "after the last BiLSTM layer."),
            _setting("dropout_fcl_ner", "P", "of the tagger's hidden layer."),
            _setting("dropout_fcl_rel", "P", "of the head selection's hidden layer."),
            _setting("activation", "tanh|relu", "of both hidden layers."),
            _setting("hidden_size_lstm", "N", "width of one direction of the BiLSTM."),
            _setting("num_lstm_layers", "N", "BiLSTM layers."),
            _setting("hidden_size_n1", "N", "width of both hidden layers."),
            _setting("use_chars", "", "encode the characters of a word."),
            _setting("char_embeddings_size", "N", "width of a character's embedding."),
            _setting("hidden_size_char", "N", "width of one direction of the character BiLSTM."),
            _setting("label_embeddings_size", "N", "width of a tag's embedding; 0: none."),
        ),
    ),
    FlagGroup(
        "Evaluation",
        (
            _setting(
                "evaluation_method",
                "strict|boundaries|relaxed",
                "strict or boundaries with BIO, relaxed with EC.",
            ),
            _setting("root_node", "", "token 0 is a virtual root that relations may point at."),
            _setting(
                "decoding",
                "threshold|edmonds",
                "edmonds: each predicted mention gets one head, so that all form the best tree below the "
                "root; needs root_node, BIO tags and networkx.",
            ),
        ),
    ),
)
"""All flags of `train`, as the help shows them."""
