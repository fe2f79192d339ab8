"""The MkDocs events, a few lines each. Only this file knows MkDocs."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Literal

from fieldguide import build
from fieldguide.files.replacing import Replacing
from fieldguide.html import pruning, search_worker, template_patches
from fieldguide.source import complaints, settings, theme_settings, web_address
from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

log = get_plugin_logger("fieldguide")
complaints.place_all(Path(__file__).absolute().parent.parent)  # MkDocs names no line


def as_html(value: Any) -> Any:
    """Return a text in the form that a template shows as it is written, other values unchanged.

    Some of the theme's templates escape what they are given and some do not; this stays right.
    """
    return escape(value) if isinstance(value, str) else value


class Guide:
    """One run of MkDocs: a single build, or with `serve` one after each change.

    Each build goes into a fresh folder, which takes the place of the old site when all is done
    and, in strict mode, nothing has warned. Every page is rendered then, also with `--dirty`.
    """

    build: build.Build
    replacing: Replacing | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Say what becomes of `--dirty`."""
        if dirty:
            log.info("--dirty has no effect: search and exports need every page, so all are built")

    @event_priority(100)  # before other plugins ask the theme for what it may lack
    def known_to_theme(self, config: MkDocsConfig) -> MkDocsConfig:
        """Stop at options that the theme does not know."""
        root = Path(config.config_file_path).parent
        if wrong := theme_settings.check(settings.read(root), config.theme.dirs):
            raise PluginError("\n".join(["", *map(str, wrong)]))
        return config

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check everything first; then add what the pages need, and begin a fresh folder."""
        root = Path(config.config_file_path).parent
        config.site_url = web_address.as_folder(config.site_url or "")  # mike leaves the slash out
        try:
            template_patches.mend(config.theme.get_env(), keep=False)  # do the repairs still fit?
            search_worker.check(config.theme.dirs)
            self.build = build.start(
                root, config.site_url or "", {**config.extra, "name": config.site_name}
            )
        except (build.FaultsError, template_patches.RepairError) as error:
            raise PluginError(str(error)) from None
        for name in ("site_name", "site_description", "site_author"):
            config[name] = as_html(config[name])
        config["markdown_extensions"] += self.build.extensions()
        config["extra_css"] = self.build.loaded(map(str, config["extra_css"]))
        config["extra_javascript"] = self.build.loaded(map(str, config["extra_javascript"]))
        if not config.site_url:  # a map of addresses needs one
            config.theme.static_templates.discard("sitemap.xml")
        self.replacing = Replacing(Path(config.site_dir))
        config.site_dir = str(self.replacing.part)
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Register the files that the build makes, and leave out what no page asks for."""
        made: dict[str, str | bytes] = dict(self.build.generated())
        unwanted = self.build.hidden()
        for file in list(files):
            if pruning.is_ballast(file.src_uri) or file.src_uri in unwanted or file.src_uri in made:
                files.remove(file)
            elif pruning.is_minified(file.src_uri):
                made[file.src_uri] = pruning.slim(file.content_string)
                files.remove(file)
        for path, content in made.items():
            inclusion = InclusionLevel.NOT_IN_NAV  # pages of notes in the place of deleted ones
            files.append(File.generated(config, path, content=content, inclusion=inclusion))
        return files

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        """Repair the theme's templates."""
        template_patches.mend(env, keep="navigation.prune" in config.theme["features"])
        return env

    def on_page_read_source(self, page: Page, config: MkDocsConfig) -> str | None:
        """Give MkDocs the very text that was checked, without the front matter read then."""
        return self.build.source(page.file.src_uri)

    def on_page_markdown(
        self, markdown: str, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Expand markers, citations, terms and computed numbers."""
        meta = self.build.meta(page.file.src_uri)
        page.meta.update({name: as_html(value) for name, value in meta.items()})
        return self.build.markdown(markdown, page.file.src_uri)

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put the drawings in, which Markdown must not touch, and show the search words."""
        try:
            return self.build.content(html, page.file.src_uri)
        except build.FaultsError as error:
            raise PluginError(str(error)) from None

    @event_priority(-100)  # after the search has read the page
    def on_page_context(
        self, context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Let readers see the formulas themselves, and tell the templates what a page needs."""
        page.content = self.build.rendered[page.file.src_uri].content
        context["guide"] = self.build.context(page.file.src_uri)  # type: ignore[typeddict-unknown-key]
        return context

    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        """Give a finished page what it needs to work alone."""
        return self.finished(output, page.file.src_uri)

    def on_post_template(
        self, output_content: str, template_name: str, config: MkDocsConfig
    ) -> str:
        """Do the same for the page of missing addresses, which is made from a template alone."""
        if not template_name.endswith(".html"):
            return output_content
        return self.finished(output_content, template_name)

    def finished(self, html: str, path: str) -> str:
        """Return a finished page, or stop."""
        try:
            return self.build.page(html, path)
        except build.FaultsError as error:
            raise PluginError(str(error)) from None

    @event_priority(-1000)  # after all others, whose files and warnings count
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write what needs the whole site, warn of what nothing uses, replace the old site."""
        (Path(config.site_dir) / "sitemap.xml.gz").unlink(missing_ok=True)
        try:
            warnings = self.build.finish(Path(config.site_dir))
        except build.FaultsError as error:
            raise PluginError(str(error)) from None
        for warning in warnings:
            log.warning(warning)
        if not (config.strict and warned()):  # else MkDocs is about to give up
            self.end(config, replace=True)

    def on_build_error(self, error: Exception, **_: Any) -> None:
        """Leave the old site as it is."""
        self.end()

    def on_shutdown(self) -> None:
        """Leave the old site as it is, if the build was stopped by hand."""
        self.end()

    def end(self, config: MkDocsConfig | None = None, *, replace: bool = False) -> None:
        """End a build: with the new site in the place of the old one, or with nothing changed."""
        replacing, self.replacing = self.replacing, None
        if replacing and replace:
            replacing.replace()
        elif replacing:
            replacing.give_up()
        if replacing and config:
            config.site_dir = str(replacing.target)


def warned() -> bool:
    """Return whether anything has warned, by the count that strict mode itself goes by."""
    logger: logging.Logger | None = logging.getLogger("mkdocs")
    handlers: list[Any] = []
    while logger:  # under ProperDocs the counting is done one higher
        handlers += logger.handlers
        logger = logger.parent
    return any(handler.get_counts() for handler in handlers if hasattr(handler, "get_counts"))


guide = Guide()
on_startup, on_shutdown = guide.on_startup, guide.on_shutdown
on_config = CombinedEvent(guide.known_to_theme, guide.on_config)
on_files, on_env = guide.on_files, guide.on_env
on_page_read_source, on_page_markdown = guide.on_page_read_source, guide.on_page_markdown
on_page_content, on_page_context = guide.on_page_content, guide.on_page_context
on_post_page, on_post_template = guide.on_post_page, guide.on_post_template
on_post_build, on_build_error = guide.on_post_build, guide.on_build_error
