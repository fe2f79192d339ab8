"""The MkDocs events, a few lines each. Only this file knows MkDocs."""

from __future__ import annotations

from pathlib import Path

from fieldguide import build
from fieldguide.html import template_patches
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

log = get_plugin_logger("fieldguide")
state: dict[str, build.Build] = {}  # made anew by each build's on_config


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Check everything before MkDocs empties the old site; then add what the pages need."""
    root = Path(config.config_file_path).parent
    try:
        template_patches.mend(config.theme.get_env(), keep=False)  # whether the repairs still fit
        state["build"] = build.start(
            root, config.site_url or "", {**config.extra, "name": config.site_name}
        )
    except (build.FaultsError, template_patches.RepairError) as error:
        raise PluginError(str(error)) from None
    config["markdown_extensions"] += build.extensions()
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Register the files that the build makes, so that links to them are checked."""
    for path, content in state["build"].generated().items():
        inclusion = InclusionLevel.NOT_IN_NAV  # pages of notes in the place of deleted ones
        files.append(File.generated(config, path, content=content, inclusion=inclusion))
    return files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Repair the theme's templates."""
    template_patches.mend(env, keep="navigation.prune" in config.theme["features"])
    return env


def on_page_read_source(page: Page, config: MkDocsConfig) -> str | None:
    """Give MkDocs the very text that was checked, without the front matter that was read then."""
    return state["build"].source(page.file.src_uri)


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Expand markers, citations, terms and computed numbers."""
    page.meta.update(state["build"].meta(page.file.src_uri))
    return state["build"].markdown(markdown, page.file.src_uri)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put the drawings in, which Markdown must not touch."""
    return state["build"].content(html)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Give a finished page what it needs to work alone."""
    return state["build"].page(output, page.file.src_uri)


@event_priority(-200)  # after the plugins, whose files belong into the archive
def on_post_build(config: MkDocsConfig) -> None:
    """Write what needs the whole site, and warn of what nothing uses."""
    for warning in state["build"].finish(Path(config.site_dir)):
        log.warning(warning)
