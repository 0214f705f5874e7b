"""The `yrd` command as others call it: in a process of its own, by its output and exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.state.store import Store
from tests.cli.test_export_seeds import CORRECTION, PAGE, approved, record
from tests.conftest import SEEDS
from tests.knowledge.test_seeds import replace_in


@pytest.fixture(scope="module")
def data_dir(shared_data_folder: Path) -> Path:
    return shared_data_folder


def yrd(
    data_dir: Path, *arguments: str, text: str | None = None, **settings: str
) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "YRD_"))}
    environment = kept | {"YRD_SEEDS": str(SEEDS), "YRD_DATA_DIR": str(data_dir), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        input=text,
        capture_output=True,
        encoding="utf-8",
        env=environment | settings,
        cwd=data_dir,
        timeout=60,
    )


def test_build_says_what_it_built(data_dir: Path) -> None:
    done = yrd(data_dir, "build")
    assert done.returncode == 0
    assert "facts from 5 documents" in done.stdout


def test_a_question_in_english_loads_no_dictionary_and_nothing_that_builds(data_dir: Path) -> None:
    done = yrd(data_dir, "ask", "Which district is twinned with Huainan?", PYTHONPROFILEIMPORTTIME="1")
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert {"knowledge.base", "numpy"} <= loaded
    assert loaded.isdisjoint({"rjieba", "sqlite_utils", "knowledge.documents.build_passages"})


def test_build_reports_every_bad_record_and_exits_1(data_dir: Path, tmp_path: Path) -> None:
    import shutil

    seeds = Path(shutil.copytree(SEEDS, tmp_path / "seeds"))
    (seeds / "topics.toml").write_text('[[topic]]\nslug = "Bad Slug"\n', encoding="utf-8")
    done = yrd(data_dir, "build", YRD_SEEDS=str(seeds))
    assert done.returncode == 1
    assert "topics.toml: Bad Slug: slug:" in done.stderr
    assert "topics.toml: Bad Slug: name:" in done.stderr
    assert "Traceback" not in done.stderr


def test_ask_answers_with_a_citation(data_dir: Path) -> None:
    done = yrd(data_dir, "ask", "hangzou")
    assert done.returncode == 0
    assert "para " in done.stdout
    assert "read as Hangzhou" in done.stdout


def test_ask_dates_a_source_by_its_record_and_not_by_its_label(tmp_path: Path) -> None:
    seeds = Path(shutil.copytree(SEEDS, tmp_path / "seeds"))
    replace_in(seeds / "documents.toml", 'label = "Xu Qimin 2018-06-23"', 'label = "Xu Qimin 2035"')
    for options in ((), ("--json",)):
        asked = yrd(tmp_path, "ask", "fact xu-homogenization-001", *options, YRD_SEEDS=str(seeds))
        assert "Xu Qimin 2035, " in asked.stdout
        assert "Wenhui Daily, 2018-06-23, " in asked.stdout


@pytest.mark.parametrize(
    ("style", "footnote"),
    [
        ("plain", "[1] Jiayi Xu, Han Yu, Liming Qiu and Zhengkang Chen, “Study on Twinning"),
        ("chicago", "1. Jiayi Xu et al., “Study on Twinning"),
        ("gbt7714", "[1] XU Jiayi, YU Han, QIU Liming, et al. Study on Twinning"),
        ("bibtex", "@misc{xu-twinning,"),
    ],
)
def test_ask_cites_in_the_style_that_is_named(data_dir: Path, style: str, footnote: str) -> None:
    done = yrd(data_dir, "ask", "--cite", style, "Which district is twinned with Huainan?")
    assert done.returncode == 0
    assert f"\n{footnote}" in done.stdout


def test_ask_cites_nothing_where_no_fact_answers(data_dir: Path) -> None:
    done = yrd(data_dir, "ask", "--cite", "plain", "what is pi")
    assert done.returncode == 1
    assert done.stderr == "There is no fact in this answer to cite.\n"
    assert yrd(data_dir, "ask", "--cite", "plain", "--json", "Hefei").returncode == 2


def test_ask_exits_1_when_the_base_does_not_hold_it(data_dir: Path) -> None:
    assert yrd(data_dir, "ask", "what is pi").returncode == 1


def test_ask_says_how_many_pages_there_are_where_there_is_no_such(data_dir: Path) -> None:
    request = json.dumps({"text": "ports", "page": 1})
    pages = json.loads(yrd(data_dir, "ask", "--jsonl", text=request).stdout)["pages"]
    for cite in ((), ("--cite", "plain")):
        done = yrd(data_dir, "ask", "--page", "99", *cite, "ports")
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == f"There is no page 99: the answer has {pages} pages.\n"


def test_ask_exits_1_when_it_was_refused_and_says_so_in_json(data_dir: Path) -> None:
    done = yrd(data_dir, "ask", "review 7 approve", "--json")
    assert (done.returncode, json.loads(done.stdout)["outcome"]) == (1, "refused")


def test_ask_takes_no_question_for_a_command_that_it_begins_like(data_dir: Path) -> None:
    texts = (
        "add-on services in Ningbo",
        "add, please, Ningbo",
        "admin curators of Hangzhou",
        "add: a quay opened",
    )
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    said = [
        json.loads(line)["text"] for line in yrd(data_dir, "ask", "--jsonl", text=lines).stdout.splitlines()
    ]
    assert [text.startswith("Facts are proposed in Slack") for text in said] == [False, False, False, True]
    assert not any(text.startswith("Curators") for text in said)


def test_ask_takes_no_command_for_a_question(data_dir: Path) -> None:
    asked = yrd(data_dir, "ask", "--command", "", "Hangzhou")
    assert (asked.returncode, asked.stdout) == (0, yrd(data_dir, "ask", "Hangzhou").stdout)


def test_map_draws_what_is_named_and_answers_no_question(data_dir: Path) -> None:
    drawn = yrd(data_dir, "map", "Huainan")
    assert (drawn.returncode, drawn.stdout[:15]) == (0, "Map of Huainan:")
    done = yrd(data_dir, "map", "the", "ways", "in", "which", "ports", "cooperate")
    assert (done.returncode, done.stdout) == (1, "")
    refused = "No place, pairing, mechanism or topic is called “the ways in which ports cooperate”."
    assert refused in done.stderr


def test_ask_reads_words_and_leaves_out_what_is_none(data_dir: Path) -> None:
    for text in (":cn: Hangzhou", "Hangzhou :ship:", "Hangzhou cc @alice", "Hangzhou https://example.org/x"):
        done = yrd(data_dir, "ask", text, "--command", "/yrd-city")
        assert done.stdout.startswith("Hangzhou 杭州"), text


def test_ask_takes_a_command(data_dir: Path) -> None:
    done = yrd(data_dir, "ask", "huainan", "minhang", "--command", "/yrd-pair", "--json")
    answer = json.loads(done.stdout)
    assert answer["outcome"] == "answer"
    assert answer["facts"][0]["citations"][0]["document"] == "xu-twinning"


ODD = [
    "", "{", "[]", "null", "1", '"text"', '{"text": 3}', '{"text": null}', '{"id": {}}', "[" * 100_000,
    '{"id": 1, "text": "\\ud800 Hangzhou"}', '{"id": 2, "text": ""}', '{"id": 3, "text": "\\u0000"}',
    '{"id": 4, "text": "' + "x" * 40_000 + '"}', '{"id": 5, "command": "/nosuch", "text": "x"}',
    '{"id": 6, "text": "\\u202egnijieB"}', '{"id": 7, "text": "<!channel> & <@U1>"}',
    '{"id": 8, "text": "\' OR 1=1; drop table facts;-- NEAR( AND * ^ :"}', '{"id": 9, "text": "🙂🙂"}',
    '{"id": 10, "text": "a' + "\\u0301" * 5000 + '"}', '{"id": 11, "text": "%s {0} ${x}"}',
    '{"id": 12, "text": "its main plans", "context": ["hangzhou", "no-such-thing"]}',
    '{"id": 13, "command": "/yrd-pair", "text": "/ / /"}', '{"id": 14, "command": "/yrd-pair", "text": "-"}',
    '{"id": 15, "command": "/yrd-city", "text": "省"}', '{"id": "x", "text": "Suzhou", "extra": true}',
]  # fmt: skip


def test_every_odd_line_gets_one_reply_in_order(data_dir: Path) -> None:
    done = yrd(
        data_dir, "ask", "--jsonl", text="\n".join([*ODD, '{"id": "last", "text": "Hangzhou"}']) + "\n"
    )
    replies = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert len(replies) == len([line for line in ODD if line]) + 1
    assert replies[-1]["id"] == "last"
    assert replies[-1]["outcome"] == "answer"
    for reply in replies:
        if "error" in reply:
            assert reply["id"] is None
            continue
        assert set(reply) - {"earlier"} == {
            "id",
            "outcome",
            "text",
            "documents",
            "facts",
            "choices",
            "near",
            "match",
        }
        assert len(reply["text"]) <= 3000
        assert len(reply["facts"]) <= 5
        assert len(reply["near"]) <= 3
        if reply["outcome"] == "unknown":
            assert reply["facts"] == reply["documents"] == []


def test_jsonl_answers_as_it_goes(data_dir: Path) -> None:
    environment = os.environ | {"YRD_SEEDS": str(SEEDS), "YRD_DATA_DIR": str(data_dir)}
    with subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "ask", "--jsonl"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=environment, cwd=data_dir,
    ) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        for number in range(2):
            process.stdin.write(json.dumps({"id": number, "text": "Hangzhou"}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()


@pytest.mark.parametrize("what", ["facts", "places", "pairings", "mechanisms", "topics", "documents"])
def test_an_export_is_the_same_twice_and_has_an_identifier_on_every_line(data_dir: Path, what: str) -> None:
    first, second = yrd(data_dir, "export", what), yrd(data_dir, "export", what)
    assert first.stdout == second.stdout
    for line in first.stdout.splitlines():
        row = json.loads(line)
        assert row.get("id") or row.get("slug")
        assert len(row["content_sha256"]) == 64


def test_exported_facts_have_the_promised_fields_in_both_formats(data_dir: Path) -> None:
    promised = {"id", "statement", "kind", "subjects", "topics", "figures", "date", "stance", "speaker", "caveat",
                "documents", "citations"}  # fmt: skip
    lines = [json.loads(line) for line in yrd(data_dir, "export", "facts").stdout.splitlines()]
    rows = list(csv.DictReader(io.StringIO(yrd(data_dir, "export", "facts", "--format", "csv").stdout)))
    assert promised <= lines[0].keys()
    assert promised <= rows[0].keys()
    assert len(lines) == len(rows)
    assert json.loads(rows[0]["citations"]) == lines[0]["citations"]


@pytest.mark.parametrize("arguments", [("nosuch",), ("export", "everything"), ("ask", "--jsonl", "text")])
def test_wrong_usage_exits_2(data_dir: Path, arguments: tuple[str, ...]) -> None:
    done = yrd(data_dir, *arguments, text="")
    assert done.returncode == 2
    assert done.stderr


@pytest.mark.parametrize(("settings", "missing"), [
    ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_SIGNING_SECRET"),
    ({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN"),
    ({"SLACK_SIGNING_SECRET": "s"}, "SLACK_BOT_TOKEN"),
    ({"YRD_TIMEZONE": "Mars/Olympus"}, "YRD_TIMEZONE"),
    ({"YRD_PORT": "99999"}, "YRD_PORT"),
])  # fmt: skip
def test_a_bad_configuration_exits_2_and_names_the_variable(
    data_dir: Path, settings: dict[str, str], missing: str
) -> None:
    done = yrd(data_dir, "run", **settings)
    assert done.returncode == 2
    assert missing in done.stderr
    assert "Traceback" not in done.stderr


def test_seeds_that_are_not_there_are_one_clear_sentence(data_dir: Path, tmp_path: Path) -> None:
    done = yrd(tmp_path, "ask", "Hangzhou", YRD_SEEDS=str(tmp_path / "nowhere"))
    assert done.returncode == 2
    assert "YRD_SEEDS" in done.stderr
    assert "Traceback" not in done.stderr


def test_contributions_are_exported_as_seeds_in_which_check_misses_nothing_but_what_people_would_ask(
    data_folder: Path,
) -> None:
    assert yrd(data_folder, "export", "contributions").returncode == 2
    assert "none" in yrd(data_folder, "export", "contributions", "--to", "out").stderr
    store = Store.open(data_folder / "state.db")
    for event in approved(PAGE, CORRECTION):
        record(store, event)
    store.close()
    done = yrd(data_folder, "export", "contributions", "--to", "out")
    assert (done.returncode, "2 contributions" in done.stdout) == (0, True)
    checked = yrd(data_folder, "check", YRD_SEEDS=str(data_folder / "out"))
    problems = [line for line in checked.stderr.splitlines() if ".toml: " in line]
    assert problems
    assert [line for line in problems if ": asks: " not in line] == []
