"""The catalogue of incidents. Each names the notifications that must arrive, how many, where and within what time;
whatever else arrives is a failure."""

CATALOGUE = {}


def incident(title, minutes):
    """Registers a function as an incident. `minutes`: how long it takes about; the long ones begin first."""

    def register(play):
        CATALOGUE[play.__name__.replace("_", "-")] = (title, minutes, play)
        return play

    return register


from . import cloud, exporter, polls, snapshots  # noqa: E402,F401  register themselves
