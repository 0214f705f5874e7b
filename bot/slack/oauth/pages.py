"""The pages of an installation: before it, after it, and where it came to nothing. Each loads nothing and runs nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.render.clean import clean
from bot.slack.oauth.chinese import CHINESE, REASONS
from bot.slack.oauth.failures import FAILURES, UNKNOWN
from bot.slack.oauth.permissions import Group, groups
from bot.slack.oauth.wording import (
    EVERY_PAGE,
    FIRST_TYPED,
    INSTALL,
    INSTALLED,
    NEW,
    NEW_IN_ORGANISATION,
    NOTS,
    RENEWED,
    RENEWED_IN_ORGANISATION,
    SAMPLE,
    STEPS,
)
from handlers.say import ENGLISH, Catalogue, say
from knowledge.text.answer_language import Language

STYLE_HASH: Final = "sha256-zm1SZDoCJNB1MWAhK/bnpy3H8dBfMQXgX1rqG//m7mA="
"""Of templates/style.css, written out so that importing opens no file; a test holds it against every page."""

_POLICY: Final = {
    "default-src": "'none'",
    "style-src": f"'{STYLE_HASH}'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
SECURITY_HEADERS: Final[tuple[tuple[str, str], ...]] = (
    ("Content-Security-Policy", "; ".join(f"{name} {source}" for name, source in _POLICY.items())),
    # The address of the page holds a code, which is nobody else's to see.
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Cache-Control", "no-store"),
)
"""What every page is sent with, whatever its status."""

LONGEST_NAME: Final = 80

# As an HTML page names a language, which has Chinese by its script: https://www.w3.org/International/questions/qa-choosing-language-tags
_TAGS: Final = {Language.ENGLISH: "en", Language.CHINESE: "zh-Hans"}
# RFC 9110, 12.4.2 and 12.5.4: a range of languages, and what it weighs.
_RANGE: Final = re.compile(
    r"[ \t]*(?P<range>\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)"
    r"(?:[ \t]*;[ \t]*[qQ]=(?P<weight>0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?))?[ \t]*"
)
# "90 days: questions that ..." as `bot.privacy` puts it, in English and in Chinese.
_AFTER_HOW_LONG: Final = re.compile(r": |：")


def install(
    authorize_url: str, language: Language, kept: Iterable[str], *, agent: bool = False, threads: bool = False
) -> str:
    """Return the page that is seen before installing, with a link to `authorize_url`; ValueError where that is no web address.

    `kept` says what is kept of people (`bot.privacy.sentences`); `agent` and `threads` are those of the manifest.
    """
    tell = _catalogue(language)
    return _page(
        "install.html",
        language,
        title=tell.told(say("Add YRD Desk to Slack")),
        words=tell.told({**EVERY_PAGE, **INSTALL}),
        authorize_url=_checked(authorize_url, "https://", "http://"),
        sample=tell.told(SAMPLE),
        groups=[_with_reasons(group, language) for group in groups(agent=agent, threads=threads)],
        nots=tell.told(NOTS),
        kept=_kept(tell.told(tuple(kept))),
    )


def installed(
    name: str, open_url: str, *, again: bool, language: Language, is_organisation: bool = False
) -> str:
    """Return the page that is seen after installing, for the workspace called `name`, with a link to `open_url`.

    `again` says that the workspace had the app before. With `is_organisation` it is a whole organisation, and the link leads to
    where its workspaces are chosen. ValueError where `open_url` leads elsewhere than to Slack or the web.
    """
    tell = _catalogue(language)
    shown, is_cut = clean(name, LONGEST_NAME)
    done = (NEW_IN_ORGANISATION, RENEWED_IN_ORGANISATION) if is_organisation else (NEW, RENEWED)
    words = tell.told({**EVERY_PAGE, **INSTALLED, **done[again]})
    return _page(
        "installed.html",
        language,
        title=words["title"],
        words=words,
        name=f"{shown}…" if is_cut else shown,
        open_url=_checked(open_url, "slack://", "https://"),
        typed=tell.told(FIRST_TYPED),
        steps=tell.told(STEPS),
    )


def failed(reason: str, retry_path: str, language: Language) -> tuple[int, str]:
    """Return the HTTP status and the page for a `reason` of Slack's or Bolt's, with a link to `retry_path` on this host.

    The reason may be anybody's words and is not shown. ValueError where the path leads to another host.
    """
    tell = _catalogue(language)
    failure = FAILURES.get(reason, UNKNOWN)
    told = tell.told(failure)
    page = _page(
        "failed.html",
        language,
        title=told.title,
        words=tell.told({**EVERY_PAGE, "again": say("Begin again")}),
        failure=told,
        retry_path=_checked_path(retry_path),
    )
    return failure.status, page


def language_of(accept_language: str) -> Language:
    """Return the language that a browser's Accept-Language prefers of those there are; English where it says nothing of use."""
    weights: dict[str, float] = {}
    for item in accept_language.split(","):
        if found := _RANGE.fullmatch(item):
            name = found["range"].partition("-")[0].lower()
            weights[name] = max(float(found["weight"] or 1), weights.get(name, 0.0))
    others = weights.get("*", 0.0)
    chinese, english = weights.get("zh", others), weights.get("en", others)
    # Of two that weigh the same people put first what they like better.
    is_first = next((name for name in weights if name in ("zh", "en")), "en") == "zh"
    prefers_chinese = chinese > english or (chinese == english > 0 and is_first)
    return Language.CHINESE if prefers_chinese else Language.ENGLISH


def _catalogue(language: Language) -> Catalogue:
    return CHINESE if language is Language.CHINESE else ENGLISH


def _with_reasons(group: Group, language: Language) -> Mapping[str, object]:
    """Return a group in that language; the manifest has its reasons in English."""
    tell = _catalogue(language)
    reasons = REASONS if language is Language.CHINESE else {}
    permissions = [
        {"name": one.name, "why": reasons.get(one.name, one.why), "sort": tell.told(one.sort)}
        for one in group.permissions
    ]
    return {"title": tell.told(group.title), "said": tell.told(group.said), "permissions": permissions}


def _kept(sentences: Iterable[str]) -> Mapping[str, object]:
    """Return what is kept by how long, and what is said of all of it."""
    spans: dict[str, list[str]] = {}
    besides = []
    for sentence in sentences:
        how_long, *held = _AFTER_HOW_LONG.split(sentence, maxsplit=1)
        if held:
            spans.setdefault(how_long, []).extend(held)
        else:
            besides.append(sentence)
    return {"spans": list(spans.items()), "besides": besides}


def _checked(url: str, *schemes: str) -> str:
    # What a browser would overlook in a URL, such as a line break in its scheme, is not overlooked here.
    if not url.startswith(schemes):
        raise ValueError(f"A page links to none but {', '.join(schemes)}.")
    return url


def _checked_path(path: str) -> str:
    # Browsers read "//host" and "/\host" as another host.
    if not re.match(r"/(?![/\\])", path) or re.search(r"[\x00-\x20]", path):
        raise ValueError("A path on this host begins with one slash.")
    return path


def _page(template: str, language: Language, **values: Any) -> str:
    return _shelf().get_template(template).render(lang=_TAGS[language], **values)


@cache
def _shelf() -> Environment:
    return Environment(
        loader=PackageLoader("bot.slack.oauth"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
