"""A Faust app as the books write it, doing the same work on the words: an agent per event, one table, one topic out."""

import os

from pydantic import TypeAdapter
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from listener.model.inputs import ChatTurn
from tests.bench.book_app import book_app

app = book_app()
chats = app.topic(os.environ["BENCH_IN"], value_serializer="raw")
estimates = app.topic(os.environ["BENCH_OUT"], value_serializer="json")
feelings = app.Table("feelings", default=float, partitions=4)
turn = TypeAdapter(ChatTurn)
vader = SentimentIntensityAnalyzer()


@app.agent(chats)
async def feel(stream) -> None:
    async for value in stream:
        event = turn.validate_json(value)
        who = event.customer.customer_id
        feelings[who] = 0.9 * feelings[who] + 0.1 * vader.polarity_scores(event.text)["compound"]
        await estimates.send(key=who, value={"customer_id": who, "event_id": event.event_id, "feeling": feelings[who]})


if __name__ == "__main__":
    app.main()
