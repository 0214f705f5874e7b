"""What Slack sends, read strictly: a payload with missing or odd fields is no payload.

Nothing here answers or decides who may ask. Whose a payload is, `whose` reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from bot.render import limits
from bot.slack.api.message_words import all_words, own_words
from bot.slack.api.whose import Whose, whose

Id = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{1,40}$")]
Timestamp = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,12}\.[0-9]{1,9}$")]
Text = Annotated[str, StringConstraints(max_length=100_000)]
Trigger = Annotated[str, StringConstraints(max_length=255)]
Metadata = Annotated[str, StringConstraints(max_length=limits.VIEW_METADATA)]


class Payload(BaseModel):
    """Base of all payloads: strict types, unknown fields left alone because Slack adds to them."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class Received(Payload):
    """What Slack sent for us to answer."""

    whose: Whose = Whose()

    @property
    def team(self) -> str:
        """Return the installation that it is for; once the door has let it in, always our own."""
        return self.whose.installation


class SlashCall(Received):
    """A slash command."""

    command: Annotated[str, StringConstraints(max_length=64)]
    channel: Id = Field(alias="channel_id")
    channel_name: str = ""
    user: Id = Field(alias="user_id")
    text: Text = ""
    app: str = Field(default="", alias="api_app_id")
    response_url: str = ""
    trigger_id: Trigger = ""


class PublishedHome(Payload):
    """A Home tab as it was published last."""

    private_metadata: Metadata = ""


class Written(Payload):
    """What carries the words of a message: its text, its blocks, and what is attached, all as Slack sends them."""

    text: Text = ""
    blocks: Any = ()
    attachments: Any = ()
    files: Any = ()

    def words(self) -> str:
        """Return what the message itself says, as mrkdwn."""
        return own_words(self._held())

    def all_words(self) -> str:
        """Return what it says together with what is attached or forwarded, as mrkdwn."""
        return all_words(self._held())

    def _held(self) -> Mapping[str, Any]:
        return {name: getattr(self, name) for name in Written.model_fields}


class InnerEvent(Written):
    """The inner part of an event; `user` is "" for what nobody did."""

    type: str
    user: Id | Literal[""] = ""
    channel: Id | Literal[""] = ""
    channel_type: str = ""
    ts: Timestamp | Literal[""] = ""
    thread_ts: Timestamp | Literal[""] = ""
    subtype: str = ""
    bot_id: str | None = None
    tab: str = ""
    hidden: bool = False
    edited: Mapping[str, Any] | None = None
    view: PublishedHome = PublishedHome()


class EventCall(Received):
    """An event with the id that its retries share."""

    type: Literal["event_callback"]
    event_id: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    event: InnerEvent
    app: str = Field(default="", alias="api_app_id")
    response_url: str = ""

    @property
    def user(self) -> str:
        """Return whose act the event tells of, "" where it is nobody's."""
        return self.event.user


class Person(Payload):
    """Who pressed or chose something."""

    id: Id


class Channel(Payload):
    """A channel."""

    id: Id


class SelectedOption(Payload):
    """An option of a menu."""

    value: Annotated[str, StringConstraints(max_length=limits.OPTION_VALUE)]


class Action(Payload):
    """One button pressed, option chosen or text entered."""

    action_id: Annotated[str, StringConstraints(max_length=limits.ACTION_ID)]
    value: Annotated[str, StringConstraints(max_length=limits.BUTTON_VALUE)] = ""
    at: Timestamp | Literal[""] = Field(default="", alias="action_ts")
    selected_option: SelectedOption | None = None


class Container(Payload):
    """The message that a button stands in."""

    message_ts: Timestamp | Literal[""] = ""
    thread_ts: Timestamp | Literal[""] = ""
    is_ephemeral: bool = False


class SourceMessage(Written):
    """A message that a shortcut was used on, or that a button stands in."""

    ts: Timestamp | Literal[""] = ""
    thread_ts: Timestamp | Literal[""] = ""


class ViewState(Payload):
    """What the inputs of a view hold, by block and action; read one by one where it is used."""

    values: dict[str, dict[str, Any]] = Field(default_factory=dict)


class ShownView(Payload):
    """A modal that was submitted, or a modal or Home tab that a button stands in."""

    id: Annotated[str, StringConstraints(max_length=limits.CALLBACK_ID)] = ""
    type: str = ""
    callback_id: Annotated[str, StringConstraints(max_length=limits.CALLBACK_ID)] = ""
    private_metadata: Metadata = ""
    clear_on_close: bool = False
    # Of the modal that it lies over, "" for the lowest, and of the lowest.
    previous_view_id: str = ""
    root_view_id: str = ""
    state: ViewState = ViewState()
    blocks: tuple[Any, ...] = Field(default=(), strict=False)

    @property
    def is_third(self) -> bool:
        """Say whether it lies over a modal that lies over another: Slack lays no more."""
        return self.previous_view_id not in ("", self.root_view_id)

    @property
    def first_input(self) -> str:
        """Return the name of its first input, "" where it has none."""
        inputs = (block for block in self.blocks if isinstance(block, dict) and block.get("type") == "input")
        return next((name for block in inputs if isinstance(name := block.get("block_id"), str)), "")


class _Interaction(Received):
    person: Person = Field(alias="user")
    channel_of: Channel | None = Field(default=None, alias="channel")
    said: SourceMessage = Field(default=SourceMessage(), alias="message")
    app: str = Field(default="", alias="api_app_id")
    response_url: str = ""
    trigger_id: Trigger = ""

    @property
    def user(self) -> str:
        return self.person.id

    @property
    def channel(self) -> str:
        return self.channel_of.id if self.channel_of else ""


class Click(_Interaction):
    """Buttons pressed in a message or in Home."""

    type: Literal["block_actions"]
    container: Container = Container()
    actions: tuple[Action, ...] = Field(default=(), strict=False)
    view: ShownView = ShownView()

    def with_metadata(self, carried: str) -> Click:
        """Return the same click in a view that carries something else."""
        return self.model_copy(update={"view": self.view.model_copy(update={"private_metadata": carried})})

    @property
    def pressed_at(self) -> str:
        """Return when it was pressed, as a ts of Slack's, "" where Slack does not say."""
        return self.actions[0].at if self.actions else ""

    @property
    def is_in_view(self) -> bool:
        """Say whether it was pressed on Home or in a modal, and not in a message."""
        return self.view.type in ("home", "modal")

    @property
    def thread(self) -> str:
        """Return the thread of the message that holds the button, "" where it stands in none."""
        return self.container.thread_ts or self.said.thread_ts


class ShortcutCall(_Interaction):
    """A message shortcut."""

    type: Literal["message_action"]
    callback_id: Annotated[str, StringConstraints(max_length=limits.CALLBACK_ID)]

    @property
    def thread(self) -> str:
        """Return the thread in which the message stands, "" where it stands in none."""
        return self.said.thread_ts


class Submission(_Interaction):
    """A modal submitted."""

    type: Literal["view_submission"]
    view: ShownView


class OtherCall(_Interaction):
    """A dialogue, a menu or a global shortcut: things this bot has none of."""

    type: str


Call = SlashCall | EventCall | Click | ShortcutCall | Submission | OtherCall

_BY_TYPE: Mapping[str, type[EventCall | Click | ShortcutCall | Submission]] = {
    "event_callback": EventCall,
    "block_actions": Click,
    "message_action": ShortcutCall,
    "view_submission": Submission,
}


def parse_payload(body: Mapping[str, Any]) -> Call | None:
    """Return what Slack sent, or None where it cannot be read; never raises.

    Only an interaction may leave unsaid where it happened: Slack sends it to the app that showed what was pressed.
    """
    said = whose(body)
    try:
        call = _read(body).model_copy(update={"whose": said})
    except (ValidationError, RecursionError):
        return None
    is_placed = bool(said.installation or said.places)
    return call if is_placed or isinstance(call, _Interaction) else None


def _read(body: Mapping[str, Any]) -> Call:
    if "command" in body:
        # A form: all its values are strings.
        return SlashCall.model_validate(body)
    kind = body.get("type")
    model = _BY_TYPE.get(kind, OtherCall) if isinstance(kind, str) else OtherCall
    return model.model_validate(_without_nulls(body))


def _without_nulls(value: Any, depth: int = 4) -> Any:
    """Slack writes null where it has nothing to say; to us that is the same as leaving the field out."""
    if isinstance(value, Mapping) and depth:
        return {key: _without_nulls(inner, depth - 1) for key, inner in value.items() if inner is not None}
    return value
