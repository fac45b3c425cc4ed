"""Makes random asyncio programs and records what CPython does with them, as lines of JSON."""
