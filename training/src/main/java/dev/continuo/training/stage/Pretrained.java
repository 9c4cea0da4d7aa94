package dev.continuo.training.stage;

import java.nio.file.Path;

/**
 * Where the dense vision-language model is that all policies start from.
 *
 * @param shipped the folder of the model that ships, for example {@code models/nano}, beside which it is
 * @param given   whether it is there and is to be used; else a run makes it and writes it there
 */
public record Pretrained(Path shipped, boolean given) {
    /** Its folder, for example {@code models/nano-pretrained}. */
    public Path folder() {
        return shipped.resolveSibling(shipped.getFileName() + "-pretrained");
    }
}
