"""Structure files read once more, from the rules of docs/method.md alone: atoms as whole mÅ,
residues, chains, positions along them. Nothing here is taken from the library; PDB columns are
cut by hand, mmCIF values and the names of modified residues come from Gemmi."""

import collections
import gzip
import os
import re

import gemmi

STANDARD = ("ALA ARG ASN ASP CYS GLN GLU GLY HIS ILE LEU LYS MET PHE PRO SER THR TRP TYR "
            "VAL").split()
BOND = 2000  # mÅ, itself excluded
APART = 2000  # mÅ between atoms of one name in two residues, at least
PLACEHOLDER = 9999


class NotTaken(Exception):
    """The rules refuse the file."""


class NotCompared(Exception):
    """The file needs a rule that is not written here."""


Atom = collections.namedtuple("Atom", "hetero name altloc residue place part occupancy xyz")
Part = collections.namedtuple("Part", "chain key")  # key: TER records before, or the entity
Place = collections.namedtuple("Place", "number insertion sequence")  # mmCIF: label_seq_id


def milli(text):
    """Whole mÅ of a decimal, half away from zero; None when it is none."""
    try:
        value = float(text) * 1000
    except ValueError:
        return None
    return int(abs(value) + 0.5) * (1 if value >= 0 else -1)


def squared(a, b):
    return sum((p - q) ** 2 for p, q in zip(a, b))


class Names:
    """What residues and atoms are called."""

    def __init__(self, source):
        self.parents, self.aliases = {name: name for name in STANDARD}, []
        with open(os.path.join(source, "data", "residue-names.txt")) as lines:
            for words in (line.split() for line in lines):
                if words[:1] == ["residue"]:
                    self.parents[words[1]] = words[2]
                if words[:1] == ["atom"]:
                    self.aliases.append(words[1:])
        self.types, self.sites = [], collections.defaultdict(list)
        with open(os.path.join(source, "data", "schemes", "heavy-atom.scheme")) as lines:
            for words in (line.split() for line in lines):
                if words and ":" in words[0]:
                    self.sites[words[1]].append((words[2], len(self.types)))
                    self.types.append(words[0])

    def kind(self, name):
        """A standard residue, `mirror`, `unknown`, or `ignored`."""
        if name in self.parents:
            return self.parents[name]
        info = gemmi.find_tabulated_residue(name)
        if info.is_water() or info.is_nucleic_acid():
            return "ignored"
        if str(info.kind).endswith("AAD"):
            return "mirror"
        for standard in STANDARD:
            if info.is_amino_acid() and info.one_letter_code.upper() == \
                    gemmi.find_tabulated_residue(standard).one_letter_code:
                return standard
        return "unknown"

    def other_names(self, residue, atom):
        return [atom] + [name for of, name, standard in self.aliases
                         if standard == atom and of in (residue, "*")]


    def settle(self, residue):
        """The kind of a residue, now that its atoms are known."""
        return residue.kind

    def is_nucleotide(self, kind):
        return False


BASES = ("A", "C", "G", "U", "DA", "DC", "DG", "DT")


class NucleicNames(Names):
    """The same for a scheme of nucleotides."""

    def __init__(self, source, scheme):
        super().__init__(source)
        self.parents, self.instead = {name: name for name in BASES}, {}
        self.sugar_unsaid = {"A", "C", "G"}
        with open(os.path.join(source, "data", "residue-names.txt")) as lines:
            for words in (line.split() for line in lines):
                if words[:1] == ["nucleotide"]:
                    self.parents[words[1]] = words[2]
                if words[:1] == ["place"]:
                    self.instead[words[1], words[3]] = words[2]
        self.types, self.sites = [], collections.defaultdict(list)
        with open(os.path.join(source, "data", "schemes", scheme + ".scheme")) as lines:
            for words in (line.split("#")[0].split() for line in lines):
                if len(words) != 3:
                    continue
                for residue in words[1].split(","):
                    for atom in words[2].split(","):
                        first, second = words[0].split(":")
                        name = first.replace("*", residue) + ":" + second.replace("*", atom)
                        if name not in self.types:
                            self.types.append(name)
                        self.sites[residue].append((atom, self.types.index(name)))

    def kind(self, name):
        if name in self.parents:
            return self.parents[name]
        info = gemmi.find_tabulated_residue(name)
        if info.is_nucleic_acid():
            base = info.one_letter_code.upper()
            deoxy = str(info.kind).endswith("DNA")
            parent = "D" + base if deoxy else "U" if base == "T" else base
            return parent if parent in BASES else "unknown"
        return "ignored" if info.is_water() or info.is_amino_acid() else "unknown"

    def settle(self, residue):
        """RNA and DNA of old files are told apart by O2'."""
        has = lambda atom: any(name in residue.by_name for name in self.other_names("", atom))
        by_table = residue.name in self.parents
        if by_table and residue.kind in ("A", "C", "G") and has("C2'") and not has("O2'"):
            return "D" + residue.kind
        if by_table and residue.kind == "DT" and residue.name[0] != "D" and has("O2'"):
            return "U"
        return residue.kind

    def is_nucleotide(self, kind):
        return kind in BASES or kind == "unknown"

    def other_names(self, residue, atom):
        if (residue, atom) in self.instead:
            return [self.instead[residue, atom]]
        return super().other_names(residue, atom)


def is_hydrogen(name):
    return name.lstrip("0123456789")[:1] in ("H", "D")


def read_text(path):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rb") as file:
        return file.read().decode("latin-1")


def first_pdb_model(text):
    """The coordinate and TER records of the first model."""
    lines = []
    for line in text.split("\n"):
        record = line[:4].upper()
        if record in ("ATOM", "HETA") or line[:3].upper() == "TER" and not line[3:4].strip():
            lines.append(line.rstrip("\r"))
        elif record in ("MODE", "ENDM") or line.rstrip("\r").rstrip() == "END":
            if any(kept[:3].upper() != "TER" for kept in lines):
                break
    return lines


def entry_codes(text):
    first, codes = text.split("\n", 1)[0], set()
    if first[:4] not in ("ATOM", "HETA"):
        codes.add(first[72:76].strip())
    codes.update(line[62:66].strip() for line in text.split("\n") if line[:6] == "HEADER")
    return {code.upper() for code in codes if code}


def uses_segments(atoms, codes):
    if any(line[21] != " " for line in atoms):
        return False
    if any(line[76:80].strip().isdigit() for line in atoms):
        return False
    return any(line[72:76].strip() and line[72:76].strip().upper() not in codes for line in atoms)


def pdb_atoms(text, names):
    lines = first_pdb_model(text)
    atoms = [line for line in lines if line[:3].upper() != "TER"]
    if any(len(line) < 54 or "\0" in line for line in atoms):
        raise NotCompared("short or damaged lines")
    segments = uses_segments(atoms, entry_codes(text))
    taken, ended, behind, chain = [], collections.Counter(), set(), None
    for line in lines:
        if line[:3].upper() == "TER":
            if chain in behind:
                ended[chain] += 1
                behind.discard(chain)
            continue
        long_name = line[20] != " " and line[17:21] in names.parents
        chain = line[72:76].strip() if segments else \
            line[21].strip() if long_name else line[20:22].strip()
        behind.add(chain)
        occupancy = line[54:60].strip()
        if not re.fullmatch(r" *-?[0-9]+|    ", line[22:26]):
            raise NotCompared(f"residue number {line[22:26]}")
        place = Place(int(line[22:26].strip() or 0), line[26], "")
        taken.append(Atom(line[:4].upper() == "HETA", line[12:16].strip(), line[16],
                          line[17:21 if long_name else 20].strip(), place,
                          Part(chain, ended[chain]), float(occupancy) if occupancy else 1.0,
                          tuple(milli(line[k:k + 8]) for k in (30, 38, 46))))
    return join_parts(taken, names)


def join_parts(atoms, names):
    """TER records inside a chain id mean nothing, unless a residue comes again."""
    numbers = collections.defaultdict(set)
    for atom in atoms:
        if not atom.hetero and names.kind(atom.residue) not in ("unknown", "ignored"):
            numbers[atom.part].add(atom.place)
    becomes, last, known = {}, {}, {}
    for part in dict.fromkeys(atom.part for atom in atoms):
        becomes[part] = part
        if not part.chain or not numbers[part]:
            continue
        if part.chain in last and not known[part.chain] & numbers[part]:
            becomes[part] = last[part.chain]
            known[part.chain] |= numbers[part]
        else:
            last[part.chain], known[part.chain] = part, set(numbers[part])
    return [atom._replace(part=becomes[atom.part]) for atom in atoms]


COLUMNS = ("auth_asym_id label_asym_id auth_comp_id label_comp_id auth_atom_id label_atom_id "
           "auth_seq_id label_seq_id pdbx_PDB_ins_code label_alt_id label_entity_id "
           "pdbx_PDB_model_num Cartn_x Cartn_y Cartn_z occupancy").split()


def cif_atoms(text):
    try:
        blocks = gemmi.cif.read_string(text)
    except (RuntimeError, ValueError) as error:
        raise NotTaken(str(error)) from error
    for block in blocks:
        table = block.find("_atom_site.", ["Cartn_x"] + ["?" + name for name in COLUMNS])
        if len(table) > 0:
            break
    else:
        raise NotTaken("no atoms")
    has = {name: table.has_column(k) for k, name in enumerate(COLUMNS, 1)}
    atoms, model = [], None
    for row in table:
        value = {name: gemmi.cif.as_string(row[k]) if has[name] else ""
                 for k, name in enumerate(COLUMNS, 1)}
        either = lambda a, b: value[a] if has[a] else value[b]
        if model is None:
            model = value["pdbx_PDB_model_num"]
        if value["pdbx_PDB_model_num"] != model:
            continue
        number = either("auth_seq_id", "label_seq_id") or value["label_seq_id"] or "0"
        place = Place(int(number), value["pdbx_PDB_ins_code"][:1] or " ", value["label_seq_id"])
        polymer = value["label_seq_id"] != ""
        key = f"polymer {value['label_entity_id']}" if polymer else \
            "other" if value["label_entity_id"] else ""
        atoms.append(Atom(False, either("auth_atom_id", "label_atom_id"),
                          value["label_alt_id"][:1] or " ", either("auth_comp_id", "label_comp_id"),
                          place, Part(either("auth_asym_id", "label_asym_id"), key),
                          float(value["occupancy"] or 1),
                          tuple(milli(value[k]) for k in ("Cartn_x", "Cartn_y", "Cartn_z"))))
    return atoms


class Residue:
    """The atoms under one name at one place, heavy or alternative."""

    def __init__(self, first, kind):
        self.name, self.part, self.kind = first.residue, first.part, kind
        self.number = first.place.number
        self.atoms, self.chain, self.position = [], None, 0
        self.nucleotide = False

    def choose(self):
        """Keeps the conformation of highest summed occupancy, then the first."""
        sums = collections.defaultdict(int)
        for atom in self.atoms:
            sums[atom.altloc] += round(atom.occupancy * 1e6)
        marks = [mark for mark in sums if mark != " "]
        best = max(marks, key=lambda mark: sums[mark]) if marks else " "
        self.occupancy = sums[best]
        self.atoms = [atom for atom in self.atoms if atom.altloc in (" ", best)]
        self.by_name = {}
        for atom in self.atoms:
            self.by_name.setdefault(atom.name, atom.xyz)
        return self


def residues_of(atoms, names):
    places = {}  # (part, place) -> name -> residue
    current = None
    for atom in atoms:
        kind = names.kind(atom.residue)
        if kind == "ignored" or is_hydrogen(atom.name) and atom.altloc == " ":
            continue
        if None not in atom.xyz and len(set(atom.xyz)) == 1 and \
                int(atom.xyz[0] / 1000) == PLACEHOLDER:
            continue
        key = (atom.part, atom.place)
        if kind == "unknown" and atom.altloc == " ":  # a ligand may have a residue's number
            key += (atom.residue,)
        of_place = places.setdefault(key, {})
        if of_place and atom.residue not in of_place and atom.altloc == " ":
            raise NotCompared(f"two names at {key}")
        residue = of_place.setdefault(atom.residue, Residue(atom, kind))
        residue.nucleotide = names.is_nucleotide(kind)
        same = [held for held in residue.atoms
                if (held.name, held.altloc) == (atom.name, atom.altloc)]
        if kind != "unknown" and same and current is not residue:
            raise NotCompared(f"the number comes again: {key}")
        if kind != "unknown" and same and atom.altloc == " " and \
                atom.name in ("CA", residue.atoms[0].name) and \
                (None in same[0].xyz + atom.xyz or squared(same[0].xyz, atom.xyz) >= APART ** 2):
            raise NotCompared(f"equal numbers: {key}")
        residue.atoms.append(atom)
        current = residue
    chosen = []
    for of_place in places.values():
        rivals = [residue.choose() for residue in of_place.values() if may_be_polymer(residue)]
        if rivals:
            chosen.append(max(rivals, key=lambda residue: residue.occupancy))
            chosen[-1].kind = names.settle(chosen[-1])
    return chosen


def may_be_polymer(residue):
    if residue.nucleotide:
        return any(atom.name in ("P", "C1'", "C1*", "C3'", "C3*", "C4'", "C4*")
                   for atom in residue.atoms)
    if residue.kind != "unknown":
        return any(not is_hydrogen(atom.name) for atom in residue.atoms)
    return {"N", "CA", "C"} <= {atom.name for atom in residue.atoms}


def is_bonded(before, after):
    c, n = before.by_name.get("C"), after.by_name.get("N")
    if before.nucleotide and after.nucleotide:
        c, n = before.by_name.get("O3'", before.by_name.get("O3*")), after.by_name.get("P")
    return c is not None and n is not None and \
        squared(c, n) < BOND ** 2


def place_in_chains(residues, is_cif):
    """Gives each residue its chain and its position along it."""
    taken = [residue for k, residue in enumerate(residues)
             if residue.kind != "unknown" or k > 0 and is_bonded(residues[k - 1], residue)
             or k + 1 < len(residues) and is_bonded(residue, residues[k + 1])]
    last_of_chain, last_of_name, joined = {}, {}, {}
    for residue in taken:
        name, part = residue.part
        before = last_of_name.get(name)
        residue.chain = residue.part
        if before is not None:
            if before.part == part or is_cif and is_bonded(before, residue):
                residue.chain = before.chain
        last = last_of_chain.get(residue.chain)
        if last is not None:
            step = 1 if is_bonded(last, residue) else max(1, abs(residue.number - last.number))
            residue.position = last.position + step
        last_of_chain[residue.chain] = last_of_name[name] = residue
    return taken


def read_sites(path, names):
    """Sites as (type, residue, chain, position, x, y, z)."""
    text = read_text(path)
    is_cif = any(ending in path for ending in (".cif", ".mmcif"))
    atoms = cif_atoms(text) if is_cif else pdb_atoms(text, names)
    residues = place_in_chains(residues_of(atoms, names), is_cif)
    chains = {chain: k for k, chain in enumerate(dict.fromkeys(r.chain for r in residues))}
    sites = []
    for number, residue in enumerate(residues):
        for atom, kind in names.sites.get(residue.kind, []):
            called = residue.name if residue.name in names.parents else residue.kind
            for name in names.other_names(called, atom):
                if name in residue.by_name:
                    sites.append((kind, number, chains[residue.chain], residue.position,
                                  *residue.by_name[name]))
                    break
    return sites
