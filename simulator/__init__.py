"""Telegram's Bot API and Twilio's API on this machine: real HTTP and limits, faults on order, the phones' screens."""

from simulator.limits import UNTHROTTLED, Limits
from simulator.server import Simulator
from simulator.sms_state import Sms
from simulator.telegram_chats import Group
from simulator.telegram_messages import Message
from simulator.telegram_people import Person
from simulator.thread import SimulatorThread

__all__ = ["UNTHROTTLED", "Group", "Limits", "Message", "Person", "Simulator", "SimulatorThread", "Sms"]
