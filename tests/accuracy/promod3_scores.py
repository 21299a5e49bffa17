#!/usr/bin/env python3
"""Scores models with ProMod3: promod3_scores.py FOLDER > scores.tsv

FOLDER holds KIND/TARGET/models/, as `potential evaluate --targets` takes it. Prints a table
for `potential evaluate --scores`: kind, target, model, and the mean over the residues of
ProMod3's all-atom interaction score (lower is better). Needs the Debian packages
python3-promod3 and python3-openstructure. A model that ProMod3 cannot score is named on
stderr and left out.
"""
import pathlib
import sys

import ost
from ost import io
from promod3 import loop, scoring

SCORER = scoring.LoadAllAtomInteractionScorer()


def score(path):
    """The mean over the residues of a model. Those of each chain are numbered from 1, as
    ProMod3 wants them to be places in the sequence."""
    entity = io.LoadPDB(str(path), no_hetatms=True)
    chains = [view.handle for view in entity.Select("peptide=true").chains]
    editor, sequences = entity.EditXCS(), ost.seq.CreateSequenceList()
    for chain in chains:
        editor.RenumberChain(chain, 1, False)
        letters = "".join(residue.one_letter_code for residue in chain.residues)
        sequences.AddSequence(ost.seq.CreateSequence(chain.name, letters))
    environment = loop.AllAtomEnv(sequences)
    environment.SetInitialEnvironment(entity)
    SCORER.AttachEnvironment(environment)
    sums = [SCORER.CalculateScore(1, len(sequence), i) * len(sequence)
            for i, sequence in enumerate(sequences)]
    return sum(sums) / sum(map(len, sequences))


def main():
    print("kind", "target", "model", "score", sep="\t")
    for models in sorted(pathlib.Path(sys.argv[1]).glob("*/*/models")):
        for path in sorted(models.iterdir()):
            try:
                print(models.parent.parent.name, models.parent.name, path.name, score(path),
                      sep="\t")
            except Exception as error:  # whatever OpenStructure throws
                print(f"{path}: {error}", file=sys.stderr)


if __name__ == "__main__":
    main()
