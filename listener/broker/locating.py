"""Which bus is meant: the one the settings name, else a broker of this machine that runs, else the default address."""

from listener.broker.slots import running
from listener.settings import Settings


def locate(settings: Settings) -> Settings:
    """The same settings, with the address of the bus that is meant."""
    if settings.is_bus_named or (broker := running(settings.data_dir)) is None:
        return settings
    return settings.model_copy(update={"bootstrap_servers": broker.bootstrap_servers})
