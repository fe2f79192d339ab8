"""The bibliography: labels of citations, and the entries of the Sources page."""

from __future__ import annotations

from typing import Any

Source = dict[str, Any]


def names(source: Source) -> list[str]:
    """Return the authors' family names; an institution counts as one name."""
    return [str(author.get("family") or author["literal"]) for author in source["author"]]


def year(source: Source) -> str:
    """Return the year of publication."""
    return str(source["issued"]["date-parts"][0][0])


def label(source: Source) -> str:
    """Return the short form of a citation, such as 'Kingma and Welling 2014'."""
    if "title-short" in source:  # laws are known by their short titles
        return f"{source['title-short']} {year(source)}"
    authors = names(source)
    if len(authors) > 2 or authors[-1] == "et al.":
        who = f"{authors[0]} et al."
    else:
        who = " and ".join(authors)
    return f"{who} {year(source)}"


def person(author: dict[str, str]) -> str:
    """Return a full name in reading order."""
    if "literal" in author:
        return author["literal"]
    return " ".join(part for part in (author.get("given", ""), author["family"]) if part)


def address(source: Source) -> tuple[str, str]:
    """Return the best permanent address and its name: DOI, then arXiv, then the given one."""
    if "DOI" in source:
        return f"https://doi.org/{source['DOI']}", f"doi:{source['DOI']}"
    if source.get("archive") == "arXiv":
        number = source["archive_location"]
        return f"https://arxiv.org/abs/{number}", f"arXiv:{number}"
    return str(source["URL"]), "web"


def addresses(source: Source) -> list[tuple[str, str]]:
    """Return every permanent address of a source, the best first."""
    found = [address(source)]
    if "DOI" in source and source.get("archive") == "arXiv":
        number = source["archive_location"]
        found.append((f"https://arxiv.org/abs/{number}", f"arXiv:{number}"))
    return found


def reference(source: Source) -> str:
    """Return the full reference as Markdown: authors, year, title, where, addresses."""
    people = [escape(person(author)) for author in source["author"]]
    if len(people) > 1 and people[-1] == "et al.":
        who = f"{', '.join(people[:-1])} et al."
    elif len(people) > 1:
        who = f"{', '.join(people[:-1])} and {people[-1]}"
    else:
        who = people[0]
    where = ", ".join(
        str(source[part]) for part in ("container-title", "publisher") if part in source
    )
    links = " · ".join(f"[{escape(name)}]({url})" for url, name in addresses(source))
    parts = [f"{who} ({year(source)}).", f"*{escape(str(source['title']))}*."]
    parts += [f"{escape(where)}."] if where else []
    return " ".join([*parts, links])


def escape(text: str) -> str:
    """Return plain text with the characters escaped that Markdown would read as markup."""
    for mark in "\\`*_[]<>$|":
        text = text.replace(mark, "\\" + mark if mark not in "<>" else f"&{mark}")
    return text.replace("&<", "&lt;").replace("&>", "&gt;")
