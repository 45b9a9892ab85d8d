"""The stories that can be played, each of a report of 2017: a folder for each, and what a story is beside them."""

from typing import Any

from cli.demo.stories.bojonegoro import BOJONEGORO
from cli.demo.stories.jember import JEMBER
from cli.demo.stories.story import Story

STORIES: dict[str, Story[Any]] = {story.name: story for story in (BOJONEGORO, JEMBER)}


def other_than(story: Story[Any]) -> Story[Any]:
    """Return the next story, for whoever has seen this one."""
    names = list(STORIES)
    return STORIES[names[(names.index(story.name) + 1) % len(names)]]
