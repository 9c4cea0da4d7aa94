package dev.continuo.recording.mcap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Decodes ROS 2 messages for tests by the definitions in a schema of the encoding {@code ros2msg}, into the JSON that {@code read_mcap.py} makes. */
final class RosReader {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** Longer runs of bytes are told by their hash. */
    private static final int MOST_BYTES = 64;

    private final Map<String, List<String[]>> fieldsByType = new HashMap<>();
    private final String type;

    RosReader(final String name, final String schema) {
        type = name.replace("/msg/", "/");
        final String[] sections = schema.split("={80}\n");
        fieldsByType.put(type, fields(sections[0]));
        for (int i = 1; i < sections.length; i++) {
            final String[] headAndBody = sections[i].split("\n", 2);
            fieldsByType.put(headAndBody[0].replaceFirst("^MSG: ", ""), fields(headAndBody[1]));
        }
    }

    private static List<String[]> fields(final String definition) {
        return definition.lines().filter(line -> !line.isBlank() && !line.contains("=")).map(line -> line.split(" ")).toList();
    }

    /** Decodes a whole message; bytes that are left over are an error. */
    ObjectNode decode(final byte[] message) {
        final CdrReader reader = new CdrReader(message);
        final ObjectNode decoded = message(type, reader);
        if (reader.remaining() != 0) {
            throw new AssertionError(reader.remaining() + " bytes too many in a " + type);
        }
        return decoded;
    }

    private ObjectNode message(final String name, final CdrReader reader) {
        final ObjectNode decoded = JSON.objectNode();
        for (final String[] field : fieldsByType.get(name)) {
            if (field[0].equals("uint8[]")) {
                bytes(decoded, field[1], reader);
            } else if (field[0].endsWith("[]")) {
                final ArrayNode elements = decoded.putArray(field[1]);
                for (int rest = reader.int32(); rest > 0; rest--) {
                    value(field[0].substring(0, field[0].length() - 2), reader, elements);
                }
            } else {
                final ArrayNode one = JSON.arrayNode();
                value(field[0], reader, one);
                decoded.set(field[1], one.get(0));
            }
        }
        return decoded;
    }

    private void value(final String kind, final CdrReader reader, final ArrayNode to) {
        switch (kind) {
            case "uint8", "byte" -> to.add(Byte.toUnsignedInt((byte) reader.int8()));
            case "int32" -> to.add(reader.int32());
            case "uint32" -> to.add(Integer.toUnsignedLong(reader.int32()));
            case "float64" -> to.add(reader.float64());
            case "string" -> to.add(reader.string());
            default -> to.add(message(kind, reader));
        }
    }

    private static void bytes(final ObjectNode to, final String name, final CdrReader reader) {
        final byte[] data = new byte[reader.int32()];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) reader.int8();
        }
        if (data.length > MOST_BYTES) {
            to.putObject(name).put("length", data.length).put("sha256", sha256(data));
        } else {
            final ArrayNode elements = to.putArray(name);
            for (final byte element : data) {
                elements.add(Byte.toUnsignedInt(element));
            }
        }
    }

    private static String sha256(final byte[] data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (final NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
