"""Many workspaces that install one app by OAuth, on one server.

The people and channels of all have the same ids, as they come from one seed: a bot that mixes workspaces up shows it.
In tests, on a port of its own (bot.local_slack.testing):

    with ManyLocalSlack(redirect_uris=("http://127.0.0.1:3000/slack/oauth_redirect",)) as slack:
        slack.add("T04DELTALAB", "Delta Lab", "delta-lab")
        slack.bot_origin = "http://127.0.0.1:3000"       # or slack.attach(flask_app)
        back_to = slack.allow(authorize_url, "T04DELTALAB")      # ...?code=...&state=...
        # the bot exchanges the code at slack.api_url + "oauth.v2.access", and is installed
        slack.of("T04DELTALAB").driver.command("alice", "general", "/yrd-city", "hangzou")
        slack.uninstall("T04DELTALAB")
"""
