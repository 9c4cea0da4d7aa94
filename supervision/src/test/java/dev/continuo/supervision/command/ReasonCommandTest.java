package dev.continuo.supervision.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.ProfileReader;
import dev.continuo.supervision.RandomModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReasonCommandTest {
    @TempDir
    private static Path folder;
    private static Path model;
    private static Path image;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void makeModelAndImage() throws IOException {
        model = folder.resolve("model");
        RandomModel.write(Path.of("../models/nano"), model, ProfileReader.read("arx-sim"), 1);
        image = folder.resolve("grey.png");
        ImageIO.write(new BufferedImage(320, 240, BufferedImage.TYPE_3BYTE_BGR), "png", image.toFile());
    }

    @Test
    void tokensGoToStandardOutputAndTheirRateToStandardError() {
        assertEquals(ExitStatus.SUCCESS, reason(model, image), err::toString);
        assertTrue(out.toString().length() > 5, out::toString);
        assertTrue(err.toString().matches("(?s)12 tokens, first after \\d+ ms, then [\\d.]+ tokens/s; cut off at --max-tokens\\s*"),
            err::toString);
    }

    @Test
    void aTruncatedCheckpointIsOneLineThatNamesTheTensor() throws IOException {
        final Path truncated = folder.resolve("truncated");
        Files.createDirectories(truncated);
        try (var files = Files.list(model)) {
            for (final Path file : files.toList()) {
                Files.copy(file, truncated.resolve(file.getFileName()));
            }
        }
        try (FileChannel channel = FileChannel.open(truncated.resolve("model.safetensors"), StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
        assertEquals(ExitStatus.USAGE, reason(truncated, image));
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains("model.safetensors"), err::toString);
        assertTrue(err.toString().contains("tensor "), err::toString);
    }

    @Test
    void anImageThatBreaksOffIsOneLine() throws IOException {
        final Path broken = folder.resolve("broken.png");
        final byte[] whole = Files.readAllBytes(image);
        Files.write(broken, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertEquals(ExitStatus.USAGE, reason(model, broken));
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains("broken.png"), err::toString);
    }

    @Test
    void theCamerasOfAProfileAreAskedAbout() throws IOException {
        final Path pictures = Files.createDirectories(folder.resolve("pictures"));
        Files.copy(image, pictures.resolve("grey.png"));
        final Path video = Path.of("../perception/src/test/resources/video/colours.mp4").toAbsolutePath().normalize();
        assertEquals(ExitStatus.SUCCESS, reason("--model", model.toString(), "--after", "0.2s", "--profile", profile(pictures, video)), err::toString);
        assertTrue(out.toString().length() > 5, out::toString);
        assertTrue(err.toString().startsWith("12 tokens"), err::toString);
    }

    @Test
    void aCameraWithoutItsFileIsOneLine() throws IOException {
        final Path absent = folder.resolve("absent.mp4");
        assertEquals(ExitStatus.USAGE, reason("--model", model.toString(), "--profile", profile(absent)));
        assertEquals("continuo: camera camera0 at " + absent + ": no such file or folder", err.toString().strip());
    }

    @Test
    void picturesComeFromFilesOrFromCameras() {
        assertEquals(ExitStatus.USAGE, reason());
        assertEquals(ExitStatus.USAGE, reason("--image", image.toString(), "--profile", "arx-sim"));
        assertEquals(ExitStatus.USAGE, reason("--image", image.toString(), "--after", "1s"));
        assertEquals(3, err.toString().lines().count(), err::toString);
    }

    private static String profile(final Path... sources) throws IOException {
        final StringBuilder text = new StringBuilder("extends = arx-sim\ncameras = [");
        for (int i = 0; i < sources.length; i++) {
            text.append("{ name = camera").append(i).append(", source = \"").append(sources[i].toUri())
                .append("\", width = 320, height = 240, rate-hz = 10, max-age = 60 s }\n");
        }
        return Files.writeString(folder.resolve("cameras.conf"), text.append("]\n")).toString();
    }

    private int reason(final Path directory, final Path picture) {
        return reason("--image", picture.toString(), "--model", directory.toString());
    }

    private int reason(final String... options) {
        final List<String> arguments = new ArrayList<>(List.of("reason", "--instruction", "What is this?", "--max-tokens", "12"));
        arguments.addAll(List.of(options));
        return CommandLineSetup.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
    }
}
