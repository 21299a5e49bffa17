"""Statistical potentials of proteins.

Counts the contacts of residues or atoms in protein structures, trains
distance-dependent potentials from the counts, scores and ranks models:

    import potential

    counts = potential.extract("set/")             # files, folders, archives
    table = potential.train(counts, reference="dfire")
    table.scores                                   # [K, P, B], a NumPy array
    for row in potential.score(table, "models/"):  # best first
        print(row.model, row.score)

Distances and coordinates are in Å; scores in natural-log units, lower = more
native-like. K classes of sequence separation, P pairs of types, B distance bins.
Arrays of a table look at its memory: they are not copied, cannot be written to,
and keep it alive. Long work releases the GIL; Ctrl-C ends it. Errors are
potential.Error; those of arguments also ValueError, of files also OSError.
"""

from . import _arguments
from ._core import (Cancelled, Counts, Curve, DockingSimilarity, Error, Evaluation, FileError, FormatError,
                    InterfaceScore, Model, ModelScore, MutationScan, NativeRank, PairScore, Potential, Ranking, ResidueName,
                    ResidueScore, ScoredModel, Scorer, Similarity, Structure, Summary, UsageError,
                    __version__,
                    build_terms, combine, evaluate, evaluate_scores, evaluate_targets, extract, import_table,
                    merge, mutate, open, openmm_system, query, read_models, reference_states, schemes, score,
                    score_models, score_poses, subtract, summarize, summarize_kinds, train, train_jackknife)


class InputWarning(UserWarning):
    """An input was skipped, or should be looked at."""


__all__ = [
    "Cancelled", "Counts", "Curve", "DockingSimilarity", "Error", "Evaluation", "FileError", "FormatError",
    "InputWarning", "InterfaceScore", "Model", "ModelScore", "MutationScan", "NativeRank", "PairScore",
    "Potential", "Ranking", "ResidueName", "ResidueScore", "ScoredModel", "Scorer", "Similarity", "Structure", "Summary",
    "UsageError",
    "build_terms", "combine", "evaluate", "evaluate_scores", "evaluate_targets", "extract", "import_table",
    "merge", "mutate", "open", "openmm_system", "query", "read_models", "reference_states", "schemes", "score",
    "score_models", "score_poses", "subtract", "summarize", "summarize_kinds", "train", "train_jackknife",
]

_arguments.name_wrong_ones(globals(), __all__)
