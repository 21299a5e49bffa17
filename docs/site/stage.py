"""Lays out the pages of the project as a source tree of Sphinx.

usage: stage.py SOURCE STAGE HEADERS

The Markdown files are copied as they are, README.md as index.md, so that their links
to one another hold; a file that is no page and that a page links to is copied beside
them, for download. What readers of GitHub do not need is added here: tables of
contents, an index of a folder without a README.md, and one page of API reference for
each room of the library. HEADERS gets the public headers, each as a group of Doxygen:
by file, Breathe can show only files that share no namespace.
"""

import pathlib
import re
import shutil
import sys

LINK = re.compile(r"(\[[^\]]*\]\()([^)\s#]+)(#[^)\s]*)?(\))")
FENCE = re.compile(r"^(```.*?^```|~~~.*?^~~~)", re.MULTILINE | re.DOTALL)
HEADERS = "libpotential/include/potential"


def pages(source):
    """The Markdown files of the site, relative to source."""
    found = [*source.glob("*.md"), *(source / "docs").rglob("*.md")]
    return sorted(path.relative_to(source) for path in found)


def toctree(entries, caption=None):
    options = [f":caption: {caption}"] if caption else []
    lines = ["```{toctree}", ":hidden:", *options, "", *entries, "```"]
    return "\n" + "\n".join(lines) + "\n"


def staged_name(page):
    """README.md of a folder is its index."""
    return page.with_name("index.md") if page.name == "README.md" else page


def rewrite_links(text, page, source, stage, known):
    """@returns text with its links to README.md turned to index.md; copies other files."""

    def replaced(match):
        start, target, anchor, end = match.groups()
        if re.match(r"[a-z]+:", target):
            return match[0]
        path = pathlib.Path(*(source / page.parent / target).resolve().relative_to(source).parts)
        if path in known:
            return start + re.sub(r"README\.md$", "index.md", target) + (anchor or "") + end
        if any(other.parent == path for other in known):
            return f"{start}{target.rstrip('/')}/index.md{end}"
        if not (source / path).is_file():
            sys.exit(f"{page}: the link to {target} leads to no file")
        (stage / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / path, stage / path)
        return match[0]

    parts = FENCE.split(text)  # code blocks hold no links
    return "".join(part if FENCE.match(part) else LINK.sub(replaced, part) for part in parts)


def linked_pages(text, known):
    """The pages, and the indexes of folders, that README.md links to, in its order."""
    found = []
    for _, target, _, _ in LINK.findall(text):
        path = pathlib.Path(target)
        if any(other.parent == path for other in known):
            path = path / "index.md"
        elif path not in known:
            continue
        if path not in found:
            found.append(path)
    return found


def write_folder_index(folder, source, stage, known):
    """For a folder of pages that has no README.md: their titles and first sentences."""
    pages = sorted(path for path in known if path.parent == folder)
    lines = [f"# {folder.name.capitalize()}", ""]
    for page in pages:
        title, first = (source / page).read_text(encoding="utf-8").split("\n\n")[:2]
        lines.append(f"- [{title.lstrip('# ')}]({page.name}): {first}")
    text = "\n".join(lines) + "\n" + toctree([page.name for page in pages])
    (stage / folder / "index.md").write_text(text, encoding="utf-8")


def heading(text, line):
    return [text, line * len(text), ""]


def group_of(header):
    """Doxygen's name for what core/model.hpp declares."""
    return f"{header.parent.name}_{header.stem}"


def write_headers(rooms, target):
    """The headers with their declarations in groups instead of the namespace, which
    Breathe would lose in the types of functions; every line stays where it was."""
    for room in rooms:
        folder = target / "potential" / room.name
        folder.mkdir(parents=True)
        for header in room.glob("*.hpp"):
            group = f"/** @addtogroup {group_of(header)}\n * @{{ */"
            text = header.read_text(encoding="utf-8")
            text = re.sub(r"^namespace potential \{$\n", group, text, flags=re.MULTILINE)
            text = re.sub(r"^\}  // namespace potential$", "/** @} */", text, flags=re.MULTILINE)
            (folder / header.name).write_text(text, encoding="utf-8")


def write_api(rooms, stage):
    """One page for each room, made from the headers that are there. In reStructuredText:
    Breathe does not work inside Markdown."""
    (stage / "api").mkdir()
    for room in rooms:
        lines = heading(room.name, "=")
        for header in sorted(room.glob("*.hpp")):
            name = f"potential/{room.name}/{header.name}"
            lines += [*heading(header.stem, "-"), ".. code-block:: cpp", "",
                      f"   #include <{name}>", "", f".. doxygengroup:: {group_of(header)}",
                      "   :content-only:", "   :members:", "   :undoc-members:", ""]
        (stage / "api" / f"{room.name}.rst").write_text("\n".join(lines), encoding="utf-8")
    lines = [*heading("API reference", "="), "The public headers, room by room. Everything is in "
             "``namespace potential``.", "",
             ".. toctree::", "   :maxdepth: 2", "", *(f"   {room.name}" for room in rooms), ""]
    (stage / "api" / "index.rst").write_text("\n".join(lines), encoding="utf-8")


def main(source, stage, headers):
    shutil.rmtree(stage, ignore_errors=True)
    shutil.rmtree(headers, ignore_errors=True)
    stage.mkdir(parents=True)
    known = set(pages(source))
    for page in sorted(known):
        text = (source / page).read_text(encoding="utf-8")
        staged = rewrite_links(text, page, source, stage, known)
        if page == pathlib.Path("README.md"):
            linked = linked_pages(text, known)
            staged += toctree([staged_name(path).as_posix() for path in linked], "Pages")
            staged += toctree(["api/index"], "Library")
        elif page.name == "README.md":
            beside = [path.name for path in sorted(known) if path.parent == page.parent and path != page]
            staged += toctree(beside) if beside else ""
        target = stage / staged_name(page)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(staged, encoding="utf-8")
    for folder in sorted({page.parent for page in known} - {pathlib.Path("docs")}):
        if folder / "README.md" not in known:
            write_folder_index(folder, source, stage, known)
    rooms = sorted(path for path in (source / HEADERS).iterdir() if path.is_dir())
    write_headers(rooms, headers)
    write_api(rooms, stage)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*(pathlib.Path(name).resolve() for name in sys.argv[1:]))
