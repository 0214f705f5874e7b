"""HTTP below any route: ASGI, bounded requests, health."""
