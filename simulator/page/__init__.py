"""The phones page: every phone of the simulator in a browser on this machine, live, and what moves them.

1. It shows what lies in the simulator and nothing else; the office's side comes in through a Director.
2. Only this machine may look, and only the page itself may act: see guards.
3. What people write reaches the browser as text and is never read as markup.
"""

from simulator.page.director import Action, Desk, Director, Done, Field, PageClock, Refusal, Role, Values
from simulator.page.routes import PATH, Page

__all__ = ["PATH", "Action", "Desk", "Director", "Done", "Field", "Page", "PageClock", "Refusal", "Role", "Values"]
