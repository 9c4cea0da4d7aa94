package dev.continuo.training.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.continuo.simulation.task.Equation;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * PP-OCRv4, a recogniser of printed and written lines that is much in use, as {@code rapidocr-onnxruntime} runs it in Python. It is there to
 * be compared with; nothing needs it.
 */
final class StockReader {
    private static final String SCRIPT = "read_lines.py";
    private static final String[][] SIGNS = {{"x", "×"}, {"X", "×"}, {"*", "×"}, {"/", "÷"}, {":", "÷"}, {"—", "-"}, {"–", "-"}, {"一", "-"},
        {"−", "-"}, {"＋", "+"}, {"＝", "="}, {" ", ""}};

    /**
     * What it read.
     *
     * @param remark its version, or why it was not asked and how to have it asked
     * @param lines  its reading of each picture; empty when it was not asked
     */
    record Answer(String remark, List<String> lines) {
    }

    private StockReader() {
    }

    /** Whether a reading says an equation, with or without the equals sign, however it writes the operators. */
    static boolean says(final String line, final Equation equation) {
        String text = line;
        for (final String[] sign : SIGNS) {
            text = text.replace(sign[0], sign[1]);
        }
        return text.replaceAll("=+$", "").equals(equation.text());
    }

    /** Has pictures of one size read, given as red, green, blue of each pixel. */
    static Answer read(final List<byte[]> pictures, final int width, final int height, final String python) {
        try {
            final Path folder = Files.createTempDirectory("continuo-lines");
            try {
                for (int i = 0; i < pictures.size(); i++) {
                    ImageIO.write(picture(pictures.get(i), width, height), "png", folder.resolve("%05d.png".formatted(i)).toFile());
                }
                return ask(folder, python, pictures.size());
            } finally {
                delete(folder);
            }
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Answer ask(final Path folder, final String python, final int count) throws IOException {
        final Path script = folder.resolve(SCRIPT);
        try (InputStream source = StockReader.class.getResourceAsStream(SCRIPT)) {
            Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
        }
        final Process process;
        try {
            process = new ProcessBuilder(python, script.toString(), folder.toString()).redirectErrorStream(true).start();
        } catch (final IOException absent) {
            return missing(python + " is not there");
        }
        // A reading takes minutes on all cores: it must not go on when nobody waits for it any more.
        final Thread end = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(end);
        final String[] output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\\R");
        Runtime.getRuntime().removeShutdownHook(end);
        final String last = output[output.length - 1];
        try {
            if (process.waitFor() != 0) {
                return missing(python + ": " + last);
            }
            final String[] answer = new ObjectMapper().readValue(last, String[].class);
            if (answer.length != count + 1) {
                return missing(python + " read " + (answer.length - 1) + " of " + count + " lines");
            }
            return new Answer(answer[0], Arrays.asList(answer).subList(1, answer.length));
        } catch (final JsonProcessingException garbled) {
            return missing(python + " answered: " + last);
        } catch (final InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return missing("interrupted");
        }
    }

    private static Answer missing(final String why) {
        return new Answer("PP-OCRv4: not asked (" + why + "); python3 -m venv V && V/bin/pip install rapidocr-onnxruntime, then --python V/bin/python",
            List.of());
    }

    private static BufferedImage picture(final byte[] rgb, final int width, final int height) {
        final BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | rgb[3 * i + 2] & 0xff);
        }
        return image;
    }

    private static void delete(final Path folder) throws IOException {
        final List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(folder)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
