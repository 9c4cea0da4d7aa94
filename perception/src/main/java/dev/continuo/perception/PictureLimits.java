package dev.continuo.perception;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import dev.continuo.config.ProfileException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How many pixels a model is shown of a picture, as its {@code preprocessor_config.json} tells.
 *
 * @param minPixels least pixels of a resized picture
 * @param maxPixels most pixels of a resized picture
 */
public record PictureLimits(int minPixels, int maxPixels) {
    /** The file's name in a model's folder. */
    public static final String FILE = "preprocessor_config.json";

    /** Reads the limits from a model's folder; a {@link ProfileException} tells in one line what is wrong. */
    public static PictureLimits load(final Path folder) {
        final Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new ProfileException(file + " is missing");
        }
        try {
            final Config json = ConfigFactory.parseFile(
                file.toFile(), ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON).setAllowMissing(false));
            return new PictureLimits(json.getInt("min_pixels"), json.getInt("max_pixels"));
        } catch (final ConfigException failure) {
            throw new ProfileException(file + ": " + failure.getMessage().lines().findFirst().orElse("cannot be read"), failure);
        }
    }

    /** A processor of pictures of one size within these limits. */
    public QwenImageProcessor processor(final int width, final int height) {
        return new QwenImageProcessor(width, height, minPixels, maxPixels);
    }
}
