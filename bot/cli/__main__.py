"""`python -m bot.cli` is `yrd`."""

from bot.cli.main import yrd

yrd()
