"""Reads an MCAP file in every way that the package `mcap` offers and prints what it holds as JSON; any disagreement or wrong checksum is an error.

Needs the packages mcap and mcap-ros2-support. Usage: read_mcap.py FILE > JSON
"""
import hashlib
import json
import sys
import zlib

from mcap.data_stream import ReadDataStream
from mcap.reader import NonSeekingReader, SeekingReader
from mcap.records import Chunk, Footer, Message, MessageIndex
from mcap.stream_reader import StreamReader, breakup_chunk, get_chunk_data_stream
from mcap_ros2.decoder import DecoderFactory

FOOTER_BYTES = 1 + 8 + 8 + 8 + 4
MAGIC_BYTES = 8


def plain(value):
    """A decoded message as what JSON can hold."""
    if isinstance(value, (bytes, bytearray)):
        if len(value) > 64:
            return {"length": len(value), "sha256": hashlib.sha256(value).hexdigest()}
        return list(value)
    if isinstance(value, (list, tuple)) or type(value).__name__ == "array":
        return [plain(element) for element in value]
    if hasattr(value, "__slots__"):
        return {name: plain(getattr(value, name)) for name in value.__slots__}
    return value


def described(schema, channel, message, decoded):
    return {
        "topic": channel.topic,
        "type": schema.name,
        "sequence": message.sequence,
        "logTime": message.log_time,
        "publishTime": message.publish_time,
        "message": plain(decoded),
    }


def messages(reader, **options):
    return [described(*found) for found in reader.iter_decoded_messages(**options)]


def check(condition, complaint):
    if not condition:
        raise SystemExit(f"{sys.argv[1]}: {complaint}")


def check_summary_crc(data):
    footer_at = len(data) - MAGIC_BYTES - FOOTER_BYTES
    with open(sys.argv[1], "rb") as file:
        file.seek(footer_at)
        footer = next(StreamReader(file, skip_magic=True).records)
    check(isinstance(footer, Footer) and footer.summary_crc != 0, "no checksum of the summary")
    check(zlib.crc32(data[footer.summary_start : footer_at + FOOTER_BYTES - 4]) == footer.summary_crc, "checksum of the summary")


def check_indexes(data, summary):
    """Each message by way of its index: the chunk's, then that of its channel."""
    found = 0
    with open(sys.argv[1], "rb") as file:
        for index in summary.chunk_indexes:
            file.seek(index.chunk_start_offset + 9)
            chunk = Chunk.read(ReadDataStream(file))
            check(chunk.uncompressed_crc != 0, "no checksum of a chunk")
            times = [record.log_time for record in breakup_chunk(chunk, validate_crc=True) if isinstance(record, Message)]
            check((chunk.message_start_time, chunk.message_end_time) == (min(times), max(times)), "times of a chunk")
            check((index.message_start_time, index.message_end_time) == (min(times), max(times)), "times of a chunk's index")
            check(index.compressed_size == len(chunk.data) and index.uncompressed_size == chunk.uncompressed_size, "sizes of a chunk")
            for channel, offset in index.message_index_offsets.items():
                file.seek(offset + 9)
                places = MessageIndex.read(ReadDataStream(file))
                check(places.channel_id == channel, "index of another channel")
                check([time for time, _ in places.records] == sorted(time for time, _ in places.records), "index out of order")
                for time, place in places.records:
                    stream, _ = get_chunk_data_stream(chunk)
                    stream.read(place)
                    check(stream.read1() == 5, "index leads to no message")
                    message = Message.read(stream, stream.read8())
                    check((message.channel_id, message.log_time) == (channel, time), "index leads to another message")
                    found += 1
    check(found == summary.statistics.message_count, "messages without an index")


def check_attachments(path):
    """Their checksums are over all fields before them, from the record's content on."""
    with open(path, "rb") as file:
        data = file.read()
        file.seek(0)
        summary = SeekingReader(file).get_summary()
    for index in summary.attachment_indexes:
        record = data[index.offset + 9 : index.offset + index.length]
        check(zlib.crc32(record[:-4]) == int.from_bytes(record[-4:], "little"), "checksum of an attachment")


def main(path):
    with open(path, "rb") as file:
        data = file.read()
    with open(path, "rb") as file:
        linear = messages(NonSeekingReader(file, validate_crcs=True, decoder_factories=[DecoderFactory()]), log_time_order=False)
    by_time = sorted(linear, key=lambda message: message["logTime"])
    with open(path, "rb") as file:
        reader = SeekingReader(file, validate_crcs=True, decoder_factories=[DecoderFactory()])
        header = reader.get_header()
        summary = reader.get_summary()
        check(messages(reader) == by_time, "order by time")
        check(messages(reader, reverse=True) == by_time[::-1], "order by time backwards")
        for topic in {channel.topic for channel in summary.channels.values()}:
            check(messages(reader, topics=[topic]) == [m for m in by_time if m["topic"] == topic], f"messages of {topic}")
        middle = by_time[len(by_time) // 2]["logTime"]
        check(messages(reader, starting_at=middle) == [m for m in by_time if m["logTime"] >= middle], "messages from a time on")
        attachments = list(reader.iter_attachments())
        metadata = list(reader.iter_metadata())
    check_summary_crc(data)
    check_indexes(data, summary)
    check_attachments(path)
    with open(path, "rb") as file:
        kinds = [type(record).__name__ for record in StreamReader(file, validate_crcs=True, emit_chunks=True).records]
    statistics = summary.statistics
    said = {
        "profile": header.profile,
        "library": header.library,
        "records": kinds,
        "messages": linear,
        "schemas": {schema.name: schema.encoding for schema in summary.schemas.values()},
        "channels": [
            {"id": c.id, "topic": c.topic, "encoding": c.message_encoding, "metadata": c.metadata} for c in summary.channels.values()
        ],
        "metadata": {record.name: record.metadata for record in metadata},
        "attachments": [
            {"name": a.name, "mediaType": a.media_type, "logTime": a.log_time, "createTime": a.create_time, "text": a.data.decode()}
            for a in attachments
        ],
        "statistics": {
            "messages": statistics.message_count,
            "schemas": statistics.schema_count,
            "channels": statistics.channel_count,
            "attachments": statistics.attachment_count,
            "metadata": statistics.metadata_count,
            "chunks": statistics.chunk_count,
            "start": statistics.message_start_time,
            "end": statistics.message_end_time,
            "byChannel": {str(channel): count for channel, count in statistics.channel_message_counts.items()},
        },
    }
    json.dump(said, sys.stdout, indent=1, sort_keys=True, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main(sys.argv[1])
