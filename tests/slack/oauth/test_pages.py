"""The pages of an installation: what they tell, in both languages, and what nobody can put into them."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from bot.privacy import sentences
from bot.render.fact_renderer import fact_renderer
from bot.render.plain import plain
from bot.slack.listeners.manifest import AGENT_SCOPES, EVENTS, SCOPES, THREAD_EVENTS
from bot.slack.oauth import chinese, pages
from bot.slack.oauth.chinese import CHINESE, REASONS, SENTENCES
from bot.slack.oauth.failures import FAILURES, reason_of
from bot.slack.oauth.pages import SECURITY_HEADERS, failed, install, installed, language_of
from bot.slack.oauth.wording import FIRST_TYPED, SAMPLE
from handlers.say import Catalogue
from knowledge.base import FactBase
from knowledge.text.answer_language import Language
from tests.conftest import Asker

AUTHORIZE = "https://slack.com/oauth/v2/authorize?client_id=1.2&scope=commands&state=abc"
OPEN = "slack://app?team=T1&id=A1"
CHOOSE = "https://app.slack.com/manage/E1/integrations/profile/A1/workspaces/add"
RETRY = "/slack/install"
KEPT = sentences(90, 30)
BOTH = (Language.ENGLISH, Language.CHINESE)
EVERYTHING = {**SCOPES, **AGENT_SCOPES, **EVENTS, **THREAD_EVENTS}
SAME_IN_ANY = {"YRD Desk", "/invite @yrd-desk", "/yrd admin curators add @name"}
STATUSES = {
    "access_denied": 200,
    "invalid_browser": 400,
    "invalid_state": 401,
    "missing_code": 401,
    "invalid_code": 401,
    "storage_error": 503,
    "unsure": 503,
    "misconfigured": 500,
    "unreachable": 502,
    "another_app": 400,
    "barred": 403,
}
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }} {open} {0.__class__}",
    "</bdi></style><style>*{}",
    "R&D \u202eevil",
)


def every_page(language: Language) -> dict[str, str]:
    return {
        "install": install(AUTHORIZE, language, KEPT),
        "install everything": install(AUTHORIZE, language, KEPT, agent=True, threads=True),
        "installed": installed("Delta Research", OPEN, again=False, language=language),
        "renewed": installed("Delta Research", OPEN, again=True, language=language),
        "installed for all": installed(
            "Delta Org", CHOOSE, again=False, language=language, is_organisation=True
        ),
        "renewed for all": installed(
            "Delta Org", CHOOSE, again=True, language=language, is_organisation=True
        ),
        **{reason: failed(reason, RETRY, language)[1] for reason in (*STATUSES, "else")},
    }


ENGLISH_PAGES, CHINESE_PAGES = map(every_page, BOTH)


class Read(HTMLParser):
    """What a browser makes of a page: its tags with their attributes, and its text outside the style."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_data(self, data: str) -> None:
        if self._inside != "style" and data.strip():
            self.texts.append(" ".join(data.split()))

    def links(self) -> list[str | None]:
        return [attrs["href"] for tag, attrs in self.tags if tag == "a"]


def style_of(page: str) -> str:
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    return str(style)


@pytest.mark.parametrize("language", BOTH)
def test_every_scope_and_event_is_on_the_page_once_with_its_reason(language: Language) -> None:
    reasons = EVERYTHING if language is Language.ENGLISH else REASONS
    texts = Read(install(AUTHORIZE, language, KEPT)).texts
    for name in {**SCOPES, **EVENTS}:
        assert texts.count(name) == 1
        assert texts[texts.index(name) + 2] == reasons[name]


@pytest.mark.parametrize("name", [*AGENT_SCOPES, *THREAD_EVENTS])
def test_what_only_some_manifests_ask_for_is_told_where_they_do(name: str) -> None:
    assert name in Read(ENGLISH_PAGES["install everything"]).texts
    assert name not in Read(ENGLISH_PAGES["install"]).texts


def test_it_is_not_said_to_hear_only_what_is_addressed_to_it_where_it_follows_threads() -> None:
    assert "hears only" in ENGLISH_PAGES["install"]
    assert "hears only" not in ENGLISH_PAGES["install everything"]


def test_a_scope_that_is_in_no_group_yet_is_told_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SCOPES, "reactions:read", "to see what people think")
    texts = Read(install(AUTHORIZE, Language.CHINESE, KEPT)).texts
    assert texts[texts.index("reactions:read") + 2] == "to see what people think"


def test_every_reason_of_the_manifest_is_there_in_chinese_and_no_other() -> None:
    assert set(REASONS) == set(EVERYTHING)


class Watched(chinese._Table):
    """The Chinese table, with the English of what is not in it."""

    def __init__(self) -> None:
        self.missing: set[str] = set()

    def gettext(self, message: str) -> str:
        self._look_for(message)
        return super().gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self._look_for(msgid2)
        return super().ngettext(msgid1, msgid2, n)

    def _look_for(self, message: str) -> None:
        if message not in SENTENCES and re.search(r"[A-Za-z]", re.sub(r"\{\w*\}", "", message)):
            self.missing.add(message)


def test_every_sentence_of_the_pages_is_there_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched()
    monkeypatch.setattr(pages, "CHINESE", Catalogue(watched, chinese=True))
    every_page(Language.CHINESE)
    # A fact and its source are told as they were curated, and these are the same in any language.
    curated = {str(said) for key, said in SAMPLE.items() if key != "question"}
    assert not watched.missing - curated - SAME_IN_ANY, "bot/slack/oauth/chinese.py"


def test_the_chinese_sentences_fill_in_what_the_english_ones_do() -> None:
    for english, translated in SENTENCES.items():
        assert sorted(re.findall(r"\{\w+\}", translated)) == sorted(re.findall(r"\{\w+\}", english)), english


@pytest.mark.parametrize("page", ENGLISH_PAGES)
def test_each_page_says_its_language_and_has_a_title_and_one_heading(page: str) -> None:
    for shown, tag in ((ENGLISH_PAGES[page], "en"), (CHINESE_PAGES[page], "zh-Hans")):
        assert ("html", {"lang": tag}) in Read(shown).tags
        assert re.search(r"<title>[^<]+</title>", shown)
        assert [name for name, _ in Read(shown).tags].count("h1") == 1


def test_what_is_kept_is_told_by_how_long_and_each_time_once() -> None:
    texts = Read(ENGLISH_PAGES["install"]).texts
    assert texts.count("As long as the workspace has the app") == 1
    for sentence in KEPT:
        how_long, mark, held = sentence.partition(": ")
        assert how_long in texts
        assert not mark or held in texts


def test_what_is_kept_is_told_in_chinese() -> None:
    assert "90 天，或直到审核人处理完毕" in Read(CHINESE_PAGES["install"]).texts


def test_the_sample_is_what_the_bot_answers(ask: Asker, base: FactBase) -> None:
    sample = {key: str(said) for key, said in SAMPLE.items()}
    for question in (sample["question"], CHINESE.told(SAMPLE)["question"]):
        answer = plain(ask(str(question)), fact_renderer(base))
        assert answer.startswith(f"{sample['value']} ({sample['citation']})\n{sample['statement']}\n")
        assert sample["caveat"] in answer


@pytest.mark.parametrize("language", BOTH)
def test_what_is_to_be_typed_first_is_understood(language: Language, ask: Asker) -> None:
    tell = CHINESE.told if language is Language.CHINESE else str
    for typed in FIRST_TYPED:
        command, _, text = tell(typed.text).partition(" ")
        answer = ask(text, command)
        assert answer.outcome == "answer", text


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("language", BOTH)
def test_a_hostile_name_adds_no_tag_to_the_page(name: str, language: Language) -> None:
    page = installed(name, OPEN, again=False, language=language)
    calm = installed("Calm", OPEN, again=False, language=language)
    assert Read(page).tags == Read(calm).tags
    assert name.replace("\u202e", "") in Read(page).texts


def test_a_workspace_without_a_name_has_no_empty_line() -> None:
    assert "<bdi>" not in installed("", OPEN, again=False, language=Language.ENGLISH)
    assert "<bdi>" in installed("x" * 5000, OPEN, again=False, language=Language.ENGLISH)


def test_a_renewal_is_told_as_one() -> None:
    assert "is installed</h1>" in ENGLISH_PAGES["installed"]
    assert "renewed</h1>" in ENGLISH_PAGES["renewed"]


@pytest.mark.parametrize("page", ["installed for all", "renewed for all"])
def test_an_organisation_is_led_to_where_its_workspaces_are_chosen(page: str) -> None:
    for shown, button in (
        (ENGLISH_PAGES[page], "Choose its workspaces"),
        (CHINESE_PAGES[page], "选择工作区"),
    ):
        assert Read(shown).links() == [CHOOSE]
        assert button in Read(shown).texts
    assert "can ask it from now on" not in ENGLISH_PAGES[page]
    assert "The workspace had" not in ENGLISH_PAGES[page]


def test_an_organisation_that_is_new_is_told_that_the_app_is_in_no_workspace_yet() -> None:
    assert "in none of the organisation" in ENGLISH_PAGES["installed for all"]
    assert "had YRD Desk already" in ENGLISH_PAGES["renewed for all"]
    assert "还不在组织的任何工作区中" in CHINESE_PAGES["installed for all"]


@pytest.mark.parametrize("url", [OPEN, "https://slack.com/app_redirect?app=A1&team=T1"])
def test_the_page_after_installing_opens_slack(url: str) -> None:
    assert Read(installed("Delta", url, again=False, language=Language.ENGLISH)).links() == [url]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        " slack://app",
        "data:text/html,x",
        "http://slack.com",
        "//x",
        "",
    ],
)
def test_a_url_of_another_scheme_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="links to none but"):
        installed("Delta", url, again=False, language=Language.ENGLISH)


def test_the_page_before_installing_links_to_slack_alone() -> None:
    assert Read(ENGLISH_PAGES["install"]).links() == [AUTHORIZE, AUTHORIZE]
    with pytest.raises(ValueError, match="links to none but"):
        install("javascript:alert(1)", Language.ENGLISH, KEPT)


@pytest.mark.parametrize(
    "path", ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", ""]
)
def test_a_way_back_to_another_host_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="one slash"):
        failed("invalid_state", path, Language.ENGLISH)


@pytest.mark.parametrize("reason", STATUSES)
@pytest.mark.parametrize("language", BOTH)
def test_each_reason_has_its_status_its_sentences_and_the_way_back(reason: str, language: Language) -> None:
    status, page = failed(reason, RETRY, language)
    told = CHINESE.told(FAILURES[reason]) if language is Language.CHINESE else FAILURES[reason]
    assert status == STATUSES[reason]
    assert {str(told.title), str(told.happened), str(told.to_do)} <= set(Read(page).texts)
    assert Read(page).links() == [RETRY]


def test_no_two_reasons_are_told_alike() -> None:
    assert set(FAILURES) == set(STATUSES)
    told = [failed(reason, RETRY, Language.ENGLISH)[1] for reason in (*STATUSES, "else")]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("org_login_required", "barred"),
        ("team_access_not_granted", "barred"),
        ("accesslimited", "barred"),
        ("ekm_access_denied", "barred"),
        ("cannot_install_an_org_installed_app", "barred"),
        ("invalid_team_for_non_distributed_app", "barred"),
        ("invalid_scope", "misconfigured"),
        ("no_scopes", "misconfigured"),
        ("unapproved_scope", "misconfigured"),
        ("bad_client_secret", "misconfigured"),
        ("invalid_code", ""),
        ("fatal_error", ""),
        ("zebra", ""),
    ],
)
def test_what_beginning_again_does_not_help_is_told_apart(word: str, reason: str) -> None:
    assert reason_of(word) == reason


@pytest.mark.parametrize("reason", ["zebra", "<b>zebra</b>", "Access_Denied zebra", ""])
def test_an_unknown_reason_is_not_echoed(reason: str) -> None:
    assert failed(reason, RETRY, Language.ENGLISH) == failed("else", RETRY, Language.ENGLISH)
    assert failed(reason, RETRY, Language.ENGLISH)[0] == 400


@pytest.mark.parametrize("page", ENGLISH_PAGES)
def test_the_policy_names_the_style_of_each_page(page: str) -> None:
    policy = dict(SECURITY_HEADERS)["Content-Security-Policy"]
    for shown in (ENGLISH_PAGES[page], CHINESE_PAGES[page]):
        digest = base64.b64encode(hashlib.sha256(style_of(shown).encode()).digest()).decode()
        assert f"style-src 'sha256-{digest}'" in policy, "STYLE_HASH of bot/slack/oauth/pages.py"


@pytest.mark.parametrize("page", ENGLISH_PAGES)
def test_a_page_loads_nothing_and_runs_nothing(page: str) -> None:
    for shown in (ENGLISH_PAGES[page], CHINESE_PAGES[page]):
        read = Read(shown)
        assert not {"script", "img", "link", "iframe", "form", "object", "base"} & {
            tag for tag, _ in read.tags
        }
        given = {name for _, attrs in read.tags for name in attrs}
        # The policy would keep a style beside the one it knows from being shown.
        assert not [name for name in given if name.startswith("on") or name in ("src", "style")]
        assert not re.search(r"url\(|@import", style_of(shown))


def test_the_headers_keep_a_page_out_of_frames_caches_and_referrers() -> None:
    headers = dict(SECURITY_HEADERS)
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert all(
        policy[name] == "'none'" for name in ("default-src", "form-action", "frame-ancestors", "base-uri")
    )
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", Language.ENGLISH),
        ("en", Language.ENGLISH),
        ("zh", Language.CHINESE),
        ("zh-CN,zh;q=0.9,en;q=0.8", Language.CHINESE),
        ("zh-Hant-TW", Language.CHINESE),
        ("ZH-cn", Language.CHINESE),
        ("en-GB,en;q=0.9,zh-CN;q=0.8", Language.ENGLISH),
        ("en;q=0.2, zh;q=0.3", Language.CHINESE),
        ("zh;q=0.2 , en ; q=0.3", Language.ENGLISH),
        ("zh, en", Language.CHINESE),
        ("en, zh", Language.ENGLISH),
        ("de, zh;q=0.4", Language.CHINESE),
        ("de, fr;q=0.4", Language.ENGLISH),
        ("*", Language.ENGLISH),
        ("*, en;q=0.5", Language.CHINESE),
        ("en;q=0, *", Language.CHINESE),
        ("zh;q=0", Language.ENGLISH),
        ("zh;q=0, *;q=0.1", Language.ENGLISH),
        ("zh;q=0,en;q=0", Language.ENGLISH),
        ("zh;q=2", Language.ENGLISH),
        ("zh;q=nan", Language.ENGLISH),
        ("zh;q=-1", Language.ENGLISH),
        ("zh_CN", Language.ENGLISH),
        ("zhuang", Language.ENGLISH),
        (",;=\x00中文,,", Language.ENGLISH),
        ("zh" * 50_000, Language.ENGLISH),
        ("zh;" + " " * 50_000 + "q", Language.ENGLISH),
    ],
)
def test_the_language_that_weighs_most_is_taken(header: str, language: Language) -> None:
    assert language_of(header) is language
