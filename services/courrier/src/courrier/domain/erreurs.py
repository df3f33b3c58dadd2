"""The refusals proper to threads. Each says what to do."""

from chassis.errors import Conflit


class TransitionInterdite(Conflit):
    """The thread is no longer, or not yet, in a state where this is possible."""

    code = "transition-interdite"
