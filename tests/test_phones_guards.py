"""Who may look at the phones page and act on it: this machine, and only the page itself."""

import http.client
import json
import re
from collections.abc import Iterator
from importlib.resources import files
from urllib.parse import urlsplit

import pytest

from simulator import SimulatorThread
from simulator.bodies import Upload
from simulator.page import Action, Director, Done, Field

EVIL = "http://evil.example"


@pytest.fixture
def sim() -> Iterator[SimulatorThread]:
    with SimulatorThread() as simulator:
        yield simulator


def ask(
    sim: SimulatorThread, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    """One request; underscores in the names of headers stand for dashes."""
    line = http.client.HTTPConnection(urlsplit(sim.page_url).netloc, timeout=10)
    try:
        line.request(method, path, body=body, headers={name.replace("_", "-"): text for name, text in headers.items()})
        answer = line.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        line.close()


def post(sim: SimulatorThread, place: str, values: object, **headers: str) -> tuple[int, str]:
    """What the page's own scripts send, and what they are told."""
    own = {"Origin": sim.telegram_url, "Content_Type": "application/json"} | headers
    status, _, body = ask(sim, f"/phones/{place}", method="POST", body=json.dumps(values).encode(), **own)
    return status, body.decode()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.1", "[::ffff:a00:1]", "", "["])
def test_a_stranger_whose_domain_points_at_this_machine_gets_nothing(sim: SimulatorThread, host: str) -> None:
    for path in ("/phones", "/phones/events", f"/bot{sim.bot_token}/getMe"):
        status, _, body = ask(sim, path, Host=host)
        assert (status, b"this machine only" in body) == (403, True)


def test_the_page_is_reached_by_every_name_of_this_machine_and_through_any_forwarded_port(sim: SimulatorThread) -> None:
    for host in ("127.0.0.1:9000", "localhost:8099", "[::1]:8099"):
        assert ask(sim, "/phones", Host=host)[0] == 200


def test_another_web_page_can_neither_act_nor_speak_as_the_bot(sim: SimulatorThread) -> None:
    siti = sim.telegram.person("Ibu Siti")
    deed = {"deed": "say", "phone": siti.phone_key, "text": "halo"}
    for origin in (EVIL, "null", "http://127.0.0.1:1", sim.telegram_url.replace("http", "https")):
        assert post(sim, "deed", deed, Origin=origin)[0] == 403
    assert ask(sim, f"/bot{sim.bot_token}/deleteWebhook", method="POST", body=b"", Origin=EVIL)[0] == 403
    assert ask(sim, "/phones/deed", method="POST", body=json.dumps(deed).encode())[0] == 403
    assert siti.screen == []
    assert post(sim, "deed", deed)[0] == 200
    assert [message.text for message in siti.screen] == ["halo"]


def test_a_picture_in_another_web_page_cannot_speak_as_the_bot(sim: SimulatorThread) -> None:
    path = f"/bot{sim.bot_token}/setWebhook?url=http://127.0.0.1:1/"
    for site in ("cross-site", "same-site", ""):
        assert ask(sim, path, Sec_Fetch_Site=site, Sec_Fetch_Mode="no-cors")[0] == 403
    assert json.loads(ask(sim, f"/bot{sim.bot_token}/getWebhookInfo")[2])["result"]["url"] == ""
    for site in ("same-origin", "none"):
        assert ask(sim, "/phones", Sec_Fetch_Site=site)[0] == 200


def test_what_is_too_large_or_of_no_known_length_is_not_read(sim: SimulatorThread) -> None:
    siti = sim.telegram.person("Ibu Siti")
    assert post(sim, "deed", {"deed": "say", "phone": siti.phone_key, "text": "x" * 70_000})[0] == 413
    line = http.client.HTTPConnection(urlsplit(sim.page_url).netloc, timeout=10)
    line.request("POST", "/phones/deed", body=iter([b"{}"]), headers={"Origin": sim.telegram_url}, encode_chunked=True)
    assert line.getresponse().status == 411
    line.close()
    assert siti.screen == []


def test_what_no_page_would_send_is_refused_in_a_sentence(sim: SimulatorThread) -> None:
    siti = sim.telegram.person("Ibu Siti", started=True)
    for deed in (
        {},
        {"deed": "fly"},
        {"deed": "say", "phone": "t5", "text": "halo"},
        {"deed": "say", "phone": siti.phone_key, "text": ["halo"]},
        {"deed": "press", "phone": siti.phone_key, "message": "one"},
        {"deed": "contact", "phone": siti.phone_key, "own": True},
        {"deed": "contact", "phone": siti.phone_key, "number": "abc"},
        {"deed": "link", "phone": siti.phone_key, "link": "https://t.me/another_bot?start=x"},
        {"deed": "fault", "service": "post", "fault": "429", "times": 1},
        {"deed": "fault", "service": "telegram", "fault": "429", "times": -1},
        {"deed": "clock", "step": "1d"},
        {"deed": "person", "name": "Ibu Siti", "number": ""},
    ):
        status, said = post(sim, "deed", deed)
        assert (status, json.loads(said)["refused"] != "") == (200, True), deed
    assert post(sim, "deed", "no object")[0] == 400
    assert "Tidak ada kantor" in post(sim, "act", {"action": "move"})[1]
    assert (siti.screen, sim.faults.outstanding) == ([], 0)


def test_only_the_pages_own_files_can_be_asked_for(sim: SimulatorThread) -> None:
    for path in ("/phones/static/../routes.py", "/phones/static/%2e%2e/routes.py", "/phones/static/", "/phones/x"):
        assert ask(sim, path)[0] == 404
    assert ask(sim, "/phones", method="DELETE")[0] == 405


def test_the_browser_is_told_to_trust_nothing_else(sim: SimulatorThread) -> None:
    for path in ("/phones", "/phones/static/main.js"):
        _, headers, _ = ask(sim, path)
        policy = headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in headers


def test_a_file_that_the_bot_sent_is_kept_not_opened(sim: SimulatorThread) -> None:
    html = sim.telegram.files.keep("documents", 'a"b.html', b"<script>alert(1)</script>")
    picture = sim.telegram.files.keep("photos", "qr.png", b"\x89PNG")
    _, headers, _ = ask(sim, f"/phones/file/{html.file_id}")
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"] == 'attachment; filename="a_b.html"'
    assert ask(sim, f"/phones/file/{picture.file_id}")[1]["Content-Type"] == "image/png"
    assert ask(sim, "/phones/file/F99")[0] == 404


def test_while_a_story_is_told_nobody_may_touch_anything(sim: SimulatorThread) -> None:
    siti = sim.telegram.person("Ibu Siti")
    sim.page.show(locked="Cerita sedang diputar.")
    deed = {"deed": "say", "phone": siti.phone_key, "text": "halo"}
    assert post(sim, "deed", deed) == (200, '{"refused": "Cerita sedang diputar."}')
    assert siti.screen == []
    sim.page.show(locked="")
    post(sim, "deed", deed)
    assert [message.text for message in siti.screen] == ["halo"]


def test_a_refusal_is_told_as_it_is_and_an_unexpected_error_by_its_kind_only(sim: SimulatorThread) -> None:
    def act(values: object) -> str:
        raise {"rule": PermissionError("the card is there already"), "bug": KeyError("3522995506900001")}[
            dict(values)["what"]
        ]

    what = Field(name="what", label="Apa")
    director = Director(actions=[Action("act", "Lakukan", "", (what,), act)], refusals={PermissionError: "Ditolak:"})
    sim.page.show(director=director)
    assert post(sim, "act", {"action": "act", "what": "rule"}) == (
        200,
        '{"refused": "Ditolak: (the card is there already)"}',
    )
    _, said = post(sim, "act", {"action": "act", "what": "bug"})
    assert ("KeyError" in said, "3522" in said) == (True, False)
    assert "Apa" in post(sim, "act", {"action": "act"})[1]
    director.end()
    assert "ditutup" in post(sim, "act", {"action": "act", "what": "rule"})[1]


def test_an_example_of_a_file_can_be_downloaded(sim: SimulatorThread) -> None:
    field = Field(name="file", label="Berkas", kind="file", sample=lambda: Upload("contoh.csv", b"NIK;NAMA\n"))
    sim.page.show(director=Director(actions=[Action("import", "Impor", "", (field,), lambda _: Done("ya"))]))
    assert ask(sim, "/phones/sample/import/file")[2] == b"NIK;NAMA\n"
    assert ask(sim, "/phones/sample/import/name")[0] == 404


def test_the_pages_files_are_small_name_no_other_place_and_never_read_text_as_markup() -> None:
    for file in files("simulator.page").joinpath("static").iterdir():
        text = file.read_text(encoding="utf-8")
        assert text.count("\n") < 300, file.name
        outside = [found for found in re.findall(r"https?://[^\s\"'`]+", text) if found != "http://www.w3.org/2000/svg"]
        assert outside == [], file.name
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text), file.name
