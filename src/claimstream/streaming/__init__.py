"""Streaming: Kafka and Faust around the two pure functions."""
