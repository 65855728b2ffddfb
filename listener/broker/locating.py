"""Which bus is meant: the one the settings name, else a broker of this machine that runs, else the default address."""

from listener.broker.slots import Slot, slot
from listener.settings import Settings

ORDER: tuple[Slot, ...] = ("demo", "local")


def locate(settings: Settings) -> Settings:
    """The same settings, with the address of the bus that is meant."""
    if settings.is_bus_named:
        return settings
    for name in ORDER:
        status = slot(settings.data_dir, name).status()
        if status.is_running:
            return settings.model_copy(update={"bootstrap_servers": status.bootstrap_servers})
    return settings
