"""One started coroutine, as its ops see it. Its twin in TypeScript is ``src/actor.ts``."""


class Returned:
    """Carries the value of a ``return`` op outwards. It is no exception: a block that is left by it did not throw."""

    def __init__(self, value):
        self.value = value


class Actor:
    """Writes to the trace under its name and performs ops."""

    def __init__(self, run, name):
        self.run = run
        self._name = name

    def log(self, what):
        self.run.log(self._name, what)

    async def perform(self, ops):
        """Runs ops one after another; the result is None, or the ``Returned`` that ended them."""
        for name, *arguments in ops:
            try:
                returned = await self.run.operations[name](self, *arguments)
            except RecursionError as error:
                # Told at once: the blocks around this op may put an error of their own in its place.
                raise self.run.ran_out_of_stack() from error
            if returned is not None:
                return returned
        return None
