"""The book's way doing our work on the words: the whole ear, an event at a time; one table write, one send.

What relate does with what was heard (belief, rules, alerts) is left out, so (a=) tells what the book's shape costs the
words alone; `whole_textbook` does all the rest as well.
"""

import os

from listener import catalogue
from listener.commands.stages.single import settle_down
from listener.settings import Settings
from listener.workbench import hearing_of
from tests.bench.book_app import book_app, heard

app = book_app()
chats = app.topic(os.environ["BENCH_IN"], value_serializer="raw")
signals = app.topic(os.environ["BENCH_OUT"], value_serializer="raw")
feelings = app.Table("feelings", default=float, partitions=4)
hearing = hearing_of(Settings(brand=os.environ["BENCH_BRAND"], clock="event"), catalogue.load().read_through())
settle_down()


@app.agent(chats)
async def hear(stream) -> None:
    async for event in stream.events():
        for signal in heard(event, hearing):
            who = signal.customer_id
            feelings[who] = 0.9 * feelings[who] + 0.1 * signal.signals.get("distress", 0.0)
            await signals.send(key=who, value=signal.model_dump_json(by_alias=True).encode())


if __name__ == "__main__":
    app.main()
