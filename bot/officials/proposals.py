"""What waits to be agreed to: asked of everybody who may agree, told to whoever proposed it, and taken back by her."""

from aiogram import Router
from aiogram.methods import SendMessage
from aiogram.types import CallbackQuery

from bot.officials.popups import outdated
from bot.officials.screens import Button, DeedPress, DoesDeed, keyboard, shown
from bot.replies import Reply, as_json
from bot.talk import Talk
from core.actions.proposals import Verdict, withdraw
from core.actions.telling import leave_calls
from core.errors import NotFound
from core.questions.languages import language_of
from core.questions.proposals import ProposalLine, account_of, proposal_line, who_may_agree, words_of
from core.questions.regions import places
from core.rules.delivery import Channel
from core.rules.officials import Acting, Deed
from core.wording import Wording
from core.wording.dates import spoken_office
from core.wording.notices import sms_text, telegram_text
from core.wording.paragraphs import paragraphs
from core.wording.places import region_name

_DEEDS = (Deed.ANNOUNCE, Deed.SUSPEND)
_WITHDRAW = "drop"


def routes() -> Router:
    """Withdraw, for as long as nobody decided."""
    router = Router(name="proposals")
    for deed in _DEEDS:
        router.callback_query.register(withdrawn, DoesDeed(deed, _WITHDRAW))
    return router


def asking_rows(talk: Talk, deed: Deed, proposal_id: int) -> list[list[Button]]:
    """What whoever proposed it may press until it is decided."""
    return [[(talk.text("button-withdraw"), DeedPress(deed=deed, act=_WITHDRAW, about=proposal_id))]]


async def withdrawn(query: CallbackQuery, acting: Acting, about: int, talk: Talk) -> list[Reply]:
    """By whoever proposed it."""
    try:
        decision = withdraw(talk.session, about, acting=acting, now=talk.now)
    except NotFound:
        return outdated(query, talk)
    if decision.verdict is not Verdict.DONE:
        return outdated(query, talk)
    return shown(query, talk.text("telling-withdrawn"))


def proposal_text(talk: Talk, words: Wording, line: ProposalLine) -> str:
    """A proposal with the exact texts."""
    office, notice = spoken_office(words, talk.house.office), words_of(talk.session, line)
    place = places(talk.session, [line.region]).get(line.region)
    asked = words.text("agree-asked", nomor=str(line.id), orang=line.people, warga=region_name(words, place))
    # What people read is the office's own language, whatever whoever agrees has chosen.
    theirs = talk.house.wordings.of(None)
    their_office = spoken_office(theirs, office)
    texts = [asked, telegram_text(theirs, their_office, notice)]
    if line.sms:
        texts += [words.text("telling-preview-sms"), sms_text(theirs, their_office, notice)]
    return paragraphs(*texts)


def agree_rows(words: Wording, proposal_id: int) -> list[list[Button]]:
    """Agree, or refuse."""
    return [
        [
            (words.text("button-agree"), DeedPress(deed=Deed.AGREE, act="yes", about=proposal_id)),
            (words.text("button-refuse"), DeedPress(deed=Deed.AGREE, act="no", about=proposal_id)),
        ]
    ]


def ask_who_may_agree(talk: Talk, proposal_id: int, acting: Acting) -> None:
    """Leave the question with each of them but whoever proposed it, with its buttons."""
    line = proposal_line(talk.session, proposal_id)
    if line is None:
        return
    operators = talk.house.operators - {str(talk.chat_id)}
    for account in who_may_agree(talk.session, line.region, operators=operators, besides=acting.id):
        words = talk.house.wordings.of(language_of(talk.session, Channel.TELEGRAM, account))
        asked = SendMessage(
            chat_id=int(account),
            text=proposal_text(talk, words, line),
            reply_markup=keyboard(agree_rows(words, proposal_id)),
        )
        leave_calls(talk.session, account, [as_json(asked)], key=f"agree {proposal_id}", now=talk.now)


def tell_proposer(talk: Talk, proposal_id: int, official_id: int | None, key: str) -> None:
    """Have whoever proposed it told what became of it; operators by the settings all are."""
    account = account_of(talk.session, official_id) if official_id is not None else None
    accounts = sorted(talk.house.operators) if official_id is None else [account] if account else []
    for one in accounts:
        words = talk.house.wordings.of(language_of(talk.session, Channel.TELEGRAM, one))
        said = SendMessage(chat_id=int(one), text=words.text(key, nomor=str(proposal_id)))
        leave_calls(talk.session, one, [as_json(said)], key=f"decided {proposal_id}", now=talk.now)
