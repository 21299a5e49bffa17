# Reads a potential of two terms as docs/file-format.md says, and fails when anything differs.
suppressMessages(library(rhdf5))
path <- commandArgs(trailingOnly = TRUE)[1]
names <- strsplit(h5readAttributes(path, "terms")$names, ",")[[1]]
stopifnot(names == c("near", "far"))
near <- h5readAttributes(path, "terms/near")
stopifnot(near$weight == 0.75, is.null(near[["weight-per-root"]]))
far <- h5readAttributes(path, "terms/far")
stopifnot(far$weight == 2, far[["weight-per-root"]] == -9, far[["weight-offset"]] == 3)
score <- h5read(path, "terms/near/score")
dimnames(score) <- list(h5read(path, "terms/near/bins/label"), h5read(path, "terms/near/pairs/label"),
                        h5read(path, "terms/near/separations/label"))
stopifnot(dim(score) == c(3, 210, 2), is.finite(score["3-5A", "ALA-LEU", "2-4"]))
stopifnot(h5read(path, "training/id") == c("set/a.pdb", "set/b.pdb#2"))
