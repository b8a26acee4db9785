"""Tells the story to whoever watches: a row for each upload as it is answered, a line for each
step.
"""

from dataclasses import dataclass, field

from rich.console import Console
from rich.text import Text

from staydown.cli.story.acts import Posted, Step

COLUMNS = (
    (46, "upload"),
    (13, "in truth"),
    (15, "verdict"),
    (11, "action"),
    (9, "altered"),
    (7, "time"),
)
COLOURS = {"publish": "green", "hold": "yellow", "block": "red"}


@dataclass(slots=True, kw_only=True)
class Teller:
    """Prints on standard output, or nothing if somebody wants JSON there."""

    is_silent: bool
    console: Console = field(default_factory=lambda: Console(highlight=False, soft_wrap=True))
    rows: int = 0

    def say(self, text: str) -> None:
        """A line of plain text."""
        if not self.is_silent:
            self.console.print(text, markup=False)

    def post(self, posted: Posted) -> None:
        """A row for an upload."""
        if self.is_silent:
            return
        if self.rows == 0:
            self.console.print(Text(lay_out([title for _, title in COLUMNS]), style="bold"))
        self.rows += 1
        share = "" if posted.altered_fraction is None else f"{posted.altered_fraction:.0%}"
        answer = posted.answer
        cells = [posted.upload.name, str(posted.upload.kind), answer.verdict, answer.action, share]
        row = Text(lay_out([*cells, f"{posted.seconds:.1f} s"]))
        row.highlight_words([f" {answer.action} "], COLOURS.get(answer.action, "default"))
        if not posted.has_held:
            row.append("  ← wrong", style="red")
        self.console.print(row)

    def end_posts(self) -> None:
        """A gap before the steps."""
        self.say("")

    def step(self, step: Step) -> Step:
        """A line for a step, which is handed on."""
        if not self.is_silent:
            mark = Text("✓ " if step.has_held else "✗ ", style="green" if step.has_held else "red")
            self.console.print(mark + Text(f"{step.name:<44}") + Text(step.seen, style="dim"))
        return step


def lay_out(cells: list[str]) -> str:
    """The cells of a row, each as wide as its column."""
    return "".join(
        f"{cell:<{width}}" for cell, (width, _) in zip(cells, COLUMNS, strict=True)
    ).rstrip()
