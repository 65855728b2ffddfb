"""The book's way doing all of our work: the whole ear, three tracks of belief and every rule, an event at a time.

What `listener ingest` and `listener relate` add to this is what makes them safe (guard, barrier, order of effects) and
what makes them fast (batches, what is sent once). Nothing here survives a kill as docs/promise.md asks.
"""

import os

from listener import catalogue
from listener.commands.stages.single import settle_down
from listener.model.state import CustomerState
from listener.settings import Settings
from listener.workbench import core_of, hearing_of
from tests.bench.book_app import book_app, heard

BYTES = "latin-1"

app = book_app()
chats = app.topic(os.environ["BENCH_IN"], value_serializer="raw")
estimates = app.topic(os.environ["BENCH_OUT"], value_serializer="raw")
others = app.topic(os.environ["BENCH_OUT"] + ".others", value_serializer="raw")
states = app.Table("states", partitions=4)  # values are JSON by default, so bytes go in as letters
settings = Settings(brand=os.environ["BENCH_BRAND"], clock="event")
knowledge = catalogue.load().read_through()
hearing, core = hearing_of(settings, knowledge), core_of(settings, knowledge)
settle_down()


@app.agent(chats)
async def understand(stream) -> None:
    async for event in stream.events():
        for signal in heard(event, hearing):
            who = signal.customer_id
            stored = states.get(who)
            state, outcomes = core.step(
                CustomerState.from_bytes(stored.encode(BYTES)) if stored else core.begin(who), signal
            )
            states[who] = state.to_bytes().decode(BYTES)
            for outcome in outcomes:
                topic = estimates if outcome.topic == "estimates" else others
                await topic.send(key=who, value=outcome.body)


if __name__ == "__main__":
    app.main()
