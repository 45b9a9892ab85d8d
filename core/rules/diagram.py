"""The picture of a card's stages, drawn from the table: `python -m core.rules.diagram` prints it for the README."""

from core.rules.card import By, drawn_steps


def diagram() -> str:
    """Return the stages and steps as Mermaid; a dashed arrow is a step that only the office may take."""
    arrows = [f"    {seen} {'-.->' if by is By.OFFICE else '-->'} {wanted}" for seen, wanted, by in drawn_steps()]
    return "\n".join(["flowchart LR", *arrows])


if __name__ == "__main__":
    print(diagram())  # noqa: T201  # printing is what it is for
