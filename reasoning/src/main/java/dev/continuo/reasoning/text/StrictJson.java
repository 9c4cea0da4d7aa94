package dev.continuo.reasoning.text;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Decides whether a file is JSON to the letter, for a library that does not survive what is not. */
final class StrictJson {
    private StrictJson() {
    }

    /**
     * Reads the whole file.
     *
     * @throws IOException if it cannot be read, is no UTF-8, or no JSON by RFC 8259; if it holds a number beyond a double, or half of a character
     */
    static void require(final Path file) throws IOException {
        try (JsonReader json = new JsonReader(new StringReader(Files.readString(file, StandardCharsets.UTF_8)))) {
            json.setStrictness(Strictness.STRICT);
            for (JsonToken next = json.peek(); next != JsonToken.END_DOCUMENT; next = json.peek()) {
                step(json, next);
            }
        }
    }

    private static void step(final JsonReader json, final JsonToken next) throws IOException {
        switch (next) {
            case BEGIN_ARRAY -> json.beginArray();
            case END_ARRAY -> json.endArray();
            case BEGIN_OBJECT -> json.beginObject();
            case END_OBJECT -> json.endObject();
            case NAME -> requireWhole(json.nextName(), json);
            case STRING -> requireWhole(json.nextString(), json);
            case NUMBER -> requireFinite(json.nextString(), json);
            case BOOLEAN -> json.nextBoolean();
            case NULL -> json.nextNull();
            case END_DOCUMENT -> { }
        }
    }

    private static void requireFinite(final String number, final JsonReader json) throws MalformedJsonException {
        if (!Double.isFinite(Double.parseDouble(number))) {
            throw new MalformedJsonException("the number " + number + " is too large, at " + json.getPath());
        }
    }

    private static void requireWhole(final String text, final JsonReader json) throws MalformedJsonException {
        for (int i = 0; i < text.length(); i++) {
            final boolean pair = Character.isHighSurrogate(text.charAt(i)) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
            if (Character.isSurrogate(text.charAt(i)) && !pair) {
                throw new MalformedJsonException("half of a character in a text, at " + json.getPath());
            }
            i += pair ? 1 : 0;
        }
    }
}
