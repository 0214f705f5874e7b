"""`python -m bot.cli` is `yrd`."""

import sys

from bot.cli.main import main

sys.exit(main())
