"""Where the picker stands on the page for course authors, and the lists of files to take away."""

from __future__ import annotations

from fieldguide.addresses import course_files
from fieldguide.model import citations, outline
from fieldguide.model.site import Context, Site
from fieldguide.source import inline
from fieldguide.tables import pipe_table

CONTENTS = "courses/contents.md"
PATHS = "learn/paths.md"
NO_ADDRESS = (
    "This copy was built without a public address, to which the links of cartridges and questions "
    "would lead: only SCORM packages were made. Set `SITE_URL` to the address of your copy and "
    "build it again, or take the rest from a hosted copy. The picker makes a cartridge wherever it "
    "has an address."
)


def place(context: Context, _: str) -> str:
    """Where the picker appears; without JavaScript, the ways to the same sections."""
    site = context.site
    text = "The picker needs JavaScript."
    if CONTENTS in site.pages:
        text += f" [All sections]({context.link(CONTENTS)}) is the same list without it."
    if PATHS in site.pages and site.paths:
        names = ", ".join(
            f"{citations.escape(path.title)} ({len(path.sections)} sections)"
            for path in site.paths.values()
        )
        text += f" Ready-made selections are the [reading paths]({context.link(PATHS)}): {names}."
    return f'<div class="picker" markdown="block">\n\n{text}\n\n</div>'


FORMS = ("Cartridge", "Links cartridge", "Moodle questions", "SCORM package")


def cartridges(context: Context, _: str) -> str:
    """The files for platforms: of the whole guide, and of each chapter; or why some are missing."""
    site = context.site
    chapters = [
        site.pages[path]
        for group in outline.groups(site.root, list(site.pages))
        for path in group.pages
        if course_files.is_chapter(path)
    ]
    rows = []
    if site.site_url:
        whole = [
            f"[{words}]({context.link(path)})"
            for words, path in (
                ("links and quizzes", course_files.WHOLE),
                ("links", course_files.WHOLE_LINKS),
                ("questions", course_files.MOODLE),
                ("OLX course for Open edX", course_files.EDX),
            )
        ]
        rows.append(["**The whole guide**", *whole])
    for page in chapters:
        key = page.headings[0].id
        cells = ["", "", ""]
        if site.site_url:
            cells = [
                f"[links and quiz]({context.link(course_files.cartridge(key))})",
                f"[links]({context.link(course_files.link_cartridge(key))})",
                f"[questions]({context.link(course_files.moodle(key))})" if page.questions else "",
            ]
        cells.append(f"[pages]({context.link(course_files.scorm(key))})")
        rows.append([citations.escape(str(page.meta["title"])), *cells])
    why = "" if site.site_url else f"{NO_ADDRESS}\n\n"
    return why + pipe_table.table(["Chapter", *FORMS], rows)


def kits(context: Context, _: str) -> str:
    """The teacher's kits, one for each family."""
    found = []
    for family in context.guide.families:
        if page := context.site.pages.get(family.page):
            target = context.link(course_files.teaching_kit(page.headings[0].id))
            found.append(f"- [{citations.escape(family.name)}]({target})")
    return '<div class="kit-files" markdown="block">\n\n' + "\n".join(found) + "\n\n</div>"


def editions(context: Context, _: str) -> str:
    """The guide as books, where a release holds them."""
    found = books(context.site)
    if not found:
        return "This copy has no books: a release made with `--editions` has them."
    whole = [
        f"- [The whole guide as EPUB]({context.link(course_files.EPUB)})",
        f"- [The whole guide as PDF]({context.link(course_files.PDF)}), with page numbers",
    ]
    single, decks, notebooks = (
        ", ".join(
            f"[{citations.escape(title)}]({context.link(path)})"
            for path, title in found.items()
            if title and path.endswith(ending)
        )
        for ending in (".epub", ".pptx", ".ipynb")
    )
    found_last = [f"- A notebook that trains a small model: {notebooks}."] if notebooks else []
    found_last = [f"- Slides of a page to edit (PowerPoint): {decks}.", *found_last]
    return "\n".join([*whole, f"- A chapter as EPUB: {single}.", *found_last])


def books(site: Site) -> dict[str, str]:
    """Return the titles of chapters by the paths of their books; the whole guide has none here."""
    if not course_files.with_editions():
        return {}
    pages = [
        site.pages[path]
        for group in outline.groups(site.root, list(site.pages))
        for path in group.pages
        if not path.startswith("courses/")
    ]
    found = {course_files.EPUB: "", course_files.PDF: ""}
    for page in pages:
        title = inline.plain(str(page.meta["title"]))
        found[course_files.chapter_epub(page.headings[0].id)] = title
        found[course_files.deck(page.headings[0].id)] = title
    for family in site.guide.families:
        if (
            family.page in site.pages
            and (site.root / f"docs/lab/pictures/{family.id}.py").is_file()
        ):
            found[course_files.notebook(family.id)] = family.name
    if (site.root / "docs/lab/text").is_dir():
        found[course_files.notebook(course_files.LANGUAGE)] = "A language model"
    return found
