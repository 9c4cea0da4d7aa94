package dev.continuo.training.stage;

import java.nio.file.Path;

/**
 * Where the dense vision-language model is that all policies start from.
 *
 * @param folder its folder, for example {@code models/nano-pretrained}
 * @param given  whether it is there and is to be used; else a run makes it and writes it there
 */
public record Pretrained(Path folder, boolean given) {
}
