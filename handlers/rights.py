"""Whether a person has any rights here: those whom Slack itself calls members of the workspace, and nobody else.

In a channel shared between workspaces admins of another one are there too, and so may curators be whom such an
admin once appointed. Slack is asked at each request, so never under a lock; where it does not say, the answer is no.
"""

from __future__ import annotations

from typing import Final

from handlers.request import Request
from handlers.say import say
from handlers.services import Services

NOT_A_MEMBER: Final = say(
    "Only members of this workspace may do that. Ask a colleague who is one, or an admin of the workspace."
)
NOT_REACHED: Final = say(
    "Slack cannot be reached just now, so I do not know whether you may do that, and did nothing. Please try again"
    " in a minute; if it stays so, whoever runs me finds the reason with “yrd doctor”."
)


def denial(services: Services, request: Request) -> str:
    """Return why the person who asks has no rights here, "" where they have: they are a member of the workspace."""
    member = is_member(services, request)
    return "" if member else NOT_REACHED if member is None else NOT_A_MEMBER


def is_member(services: Services, request: Request, user: str = "") -> bool | None:
    """Say whether the person who asks, or `user`, belongs to the workspace; None where Slack did not say."""
    return services.people.is_member(request.team, user or request.user)


def is_admin(services: Services, request: Request) -> bool | None:
    """Say whether the person who asks is an admin of the workspace; None where Slack did not say."""
    return services.people.is_admin(request.team, request.user)
