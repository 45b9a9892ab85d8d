"""What officials want many to be told: listed with its text; an operator may agree to it or refuse it."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from cli.edge import OPERATOR, Here, opened, utc_now
from cli.show import counted, moment, say, table
from core.actions.proposals import Decision, Verdict, agree, refuse
from core.actions.telling import leave_calls
from core.errors import Refused
from core.questions.proposals import ProposalLine, account_of, newest_proposals, open_proposals, proposal_line, words_of
from core.questions.regions import office_row, office_words
from core.rules.officials import Acting, Role
from core.wording import Wording
from core.wording.notices import sms_text, telegram_text

app = typer.Typer(name="proposals", add_completion=False, rich_markup_mode="rich")

ProposalId = Annotated[int, typer.Argument(metavar="ID", help="see: kabar proposals")]

_WHY_NOT = {
    Verdict.DECIDED: "was decided already; nothing was changed",
    Verdict.OWN: "was made by an operator, so an official of the office has to agree to it, not an operator",
    Verdict.GONE: "was made by somebody who is no official any more; it is withdrawn, and nothing goes out",
    Verdict.OVER: "is about a suspension that is over; it is withdrawn, and nothing goes out",
}


@app.callback(invoke_without_command=True)
def proposals(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="also what was decided, newest first")] = False,
) -> None:
    """What officials want many to be told, and that waits for somebody to agree.

    An operator counts as a second official, unless an operator proposed it.

    Examples:

      kabar proposals
      kabar proposals agree 3
      kabar proposals refuse 3
    """
    if context.invoked_subcommand:
        return
    with opened() as here:
        waiting = here.office.read(open_proposals)
        lines, zone = here.office.read(newest_proposals) if everything else waiting, here.zone
        say(f"{counted(len(waiting), 'proposal')} to be agreed to.")
        if lines:
            columns = ("id", "what", "where", "people#", "by", "made", "state", "decided")
            table(columns, [_row(line, moment(line.made_at, zone), moment(line.decided_at, zone)) for line in lines])
        for line in waiting:
            _show_texts(here, line)


@app.command("agree")
def agree_(proposal_id: ProposalId) -> None:
    """Let it go out, as a second official.

    Example:

      kabar proposals agree 3
    """
    with opened() as here:
        decision = _decided(here, agree, proposal_id)
        say(f"Proposal {proposal_id} is agreed to; its people are told: kabar batch pause broadcast:{decision}")


@app.command("refuse")
def refuse_(proposal_id: ProposalId) -> None:
    """It does not go out; whoever proposed it is told.

    Example:

      kabar proposals refuse 3
    """
    with opened() as here:
        _decided(here, refuse, proposal_id)
        say(f"Proposal {proposal_id} is refused; nothing goes out.")


def _decided(here: Here, decide: Callable[..., Decision], proposal_id: int) -> int | None:
    """Decide, and have the official told; raise Refused, naming why, where nothing came of it."""
    wording = Wording(here.settings.wording)

    def run(session: Session) -> Decision:
        acting = Acting(None, Role.OFFICE, office_row(session).regency, OPERATOR)
        decision = decide(session, proposal_id, acting=acting, now=utc_now())
        if decision.verdict is Verdict.DONE:
            _tell(session, wording, proposal_id, agreed=decide is agree)
        return decision

    decision = here.office.write(run)
    if decision.verdict is not Verdict.DONE:
        raise Refused(f"proposal {proposal_id} {_WHY_NOT.get(decision.verdict, 'is not yours to decide')}")
    return decision.broadcast_id


def _tell(session: Session, wording: Wording, proposal_id: int, *, agreed: bool) -> None:
    line = proposal_line(session, proposal_id)
    account = account_of(session, line.official_id) if line and line.official_id is not None else None
    if account is None:
        return
    text = wording.text("agree-told-agreed" if agreed else "agree-told-refused", nomor=str(proposal_id))
    said = {"method": "sendMessage", "chat_id": int(account), "text": text}
    leave_calls(session, account, [said], key=f"decided {proposal_id}", now=utc_now())


def _row(line: ProposalLine, made: str | None, decided: str | None) -> tuple[object, ...]:
    return (str(line.id), line.kind, line.region, line.people, line.by, made, line.state, decided)


def _show_texts(here: Here, line: ProposalLine) -> None:
    words, office = here.office.read(partial(words_of, proposal=line)), here.office.read(office_words)
    wording = Wording(here.settings.wording)
    say("", f"Proposal {line.id}, on Telegram:", "", telegram_text(wording, office, words))
    if line.sms:
        say("", "By SMS:", "", sms_text(wording, office, words))
