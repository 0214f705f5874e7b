"""The local workspace: a strict local Slack Web API, a driver that plays Slack, and a page in the browser.

Knows nothing of Bolt: the bot is reached over signed HTTP or Socket Mode, and calls back over the Web API.

In tests, a server of its own on a free port:

    with LocalSlackServer() as slack:
        client = WebClient(token=slack.bot_token, base_url=slack.api_url)
        app = App(client=client, signing_secret=slack.signing_secret, process_before_response=True)
        ...
        slack.attach(flask_app)        # HTTP: its /slack/... is served on the same port; or for Socket Mode:
        # slack.use_socket(); SocketModeHandler(app, slack.app_token).connect(); slack.wait_for_socket()

        sent = slack.driver.command("alice", "general", "/yrd-city", "hangzou")
        sent.ok, sent.status, sent.reply          # the bot's answer; sent.message is what it left in the channel
        slack.driver.click("alice", sent.message, "share")
        said = slack.driver.mention("bob", "general", "what about Hefei?")
        answer = slack.team.wait_for(lambda: slack.team.replies("general", said.message.ts))   # no sleeping
        slack.calls.of_method("chat.postMessage")[0].payload   # as parsed
        slack.faults.rate_limit("chat.postMessage", retry_after=1)

In one process with the bot (`make run` without tokens):

    workspace = build_workspace(origin="http://127.0.0.1:3000", commands=[...], shortcuts=[...], scopes=[...])
    for blueprint in workspace.blueprints: flask_app.register_blueprint(blueprint)
    # WebClient(token=workspace.identity.bot_token, base_url=workspace.api_url), signing secret from the identity,
    # Bolt at /slack/events of the same server; at least 4 server threads; workspace.close() at the end.

Many workspaces that install one app by OAuth: see bot.local_slack.many.
"""

from bot.local_slack.build import Workspace, build_workspace
from bot.local_slack.driver.driver import Driver
from bot.local_slack.driver.transport import HttpTransport, SocketTransport
from bot.local_slack.many.app import OAuthApp, new_oauth_app
from bot.local_slack.state.delivery import Delivery
from bot.local_slack.state.faults import Faults
from bot.local_slack.state.identity import Identity, new_identity
from bot.local_slack.state.team import Team
from bot.local_slack.testing import LocalSlackServer, ManyLocalSlack
from bot.local_slack.web.page import CommandHint, ShortcutHint

__all__ = [
    "CommandHint",
    "Delivery",
    "Driver",
    "Faults",
    "HttpTransport",
    "Identity",
    "LocalSlackServer",
    "ManyLocalSlack",
    "OAuthApp",
    "ShortcutHint",
    "SocketTransport",
    "Team",
    "Workspace",
    "build_workspace",
    "new_identity",
    "new_oauth_app",
]
