package dev.continuo.training.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import dev.continuo.config.ProfileException;
import dev.continuo.perception.PictureLimits;
import dev.continuo.policy.Conditioning;
import dev.continuo.reasoning.network.Task;
import dev.continuo.reasoning.network.TokenBatch;
import dev.continuo.reasoning.tensor.GradientMode;
import dev.continuo.reasoning.text.ChatFormat;
import dev.continuo.reasoning.text.ChatTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import dev.continuo.training.data.Robot;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VariantTest {
    private static final Path NANO = Path.of("../models/nano");

    @TempDir
    private Path models;
    private Path shipped;

    @BeforeEach
    void copySizes() throws IOException {
        shipped = Files.createDirectory(models.resolve("nano"));
        for (final String file : List.of("config.json", "policy_config.json", ChatTokenizer.FILE, PictureLimits.FILE)) {
            Files.copy(NANO.resolve(file), shipped.resolve(file));
        }
    }

    private ModelSizes sizes(final Variant variant) {
        return ModelSizes.load(variant.prepare(shipped));
    }

    @Test
    void eachDiffersAsItsPaperSays() {
        assertEquals(ModelSizes.load(NANO), sizes(Variant.CHATVLA2));
        assertEquals(ModelSizes.load(NANO), sizes(Variant.STAGE_1));
        final ModelSizes dexvla = sizes(Variant.DEXVLA);
        assertFalse(dexvla.vlm().mixture());
        assertInstanceOf(Conditioning.FeatureWise.class, dexvla.policies().get(Robot.ARX).conditioning());
        final ModelSizes chatvla = sizes(Variant.CHATVLA);
        assertTrue(chatvla.vlm().mixture() && !chatvla.vlm().routed());
        assertEquals(2, chatvla.vlm().experts());
        assertInstanceOf(Conditioning.FeatureWise.class, chatvla.policies().get(Robot.ARX).conditioning());
        final ModelSizes withoutFollowing = sizes(Variant.NO_REASONING_FOLLOWING);
        assertEquals(ModelSizes.load(NANO).vlm(), withoutFollowing.vlm());
        assertInstanceOf(Conditioning.FeatureWise.class, withoutFollowing.policies().get(Robot.ARX).conditioning());
        assertEquals(shipped.resolveSibling("nano-dexvla"), Variant.of("dexvla").folder(shipped));
        final String message = assertThrows(ProfileException.class, () -> Variant.of("pi0")).getMessage();
        assertTrue(message.startsWith("no policy pi0; there are chatvla2, dexvla"), message);
    }

    @Test
    void allBeginCoTrainingWithTheFunctionOfThePretrainedModel() {
        final Path pretrained = models.resolve("scenes");
        final float[] expected;
        try (ModelUnderTraining model = ModelUnderTraining.random(sizes(Variant.CHATVLA2).pretrained(), 3)) {
            model.save(pretrained, model.vlmWeights(), Map.of(Robot.ARX, model.expertWeights(Robot.ARX)), Map.of());
            expected = hidden(model, Task.ROBOT);
        }
        for (final Variant variant : Variant.values()) {
            final Path expert = models.resolve("expert-" + variant.label());
            final ModelSizes sizes = sizes(variant);
            try (ModelUnderTraining model = ModelUnderTraining.random(sizes.pretrained(), 4)) {
                model.save(expert, model.vlmWeights(), Map.of(Robot.ARX, model.expertWeights(Robot.ARX)), Map.of());
            }
            try (ModelUnderTraining joined = ModelUnderTraining.join(sizes, pretrained, expert, 5)) {
                assertEquals(sizes.vlm().mixture(), joined.vlmWeights().names().stream().anyMatch(name -> name.contains("experts.")));
                for (final Task task : Task.values()) {
                    assertArrayEquals(expected, hidden(joined, task), 1e-5f, variant.label() + " for " + task);
                }
            }
        }
    }

    private static float[] hidden(final ModelUnderTraining model, final Task task) {
        try (GradientMode _ = GradientMode.off(); NDManager scope = model.vlmWeights().newScope();
             ChatTokenizer tokenizer = ChatTokenizer.load(NANO)) {
            final TokenBatch.Sample sample = new TokenBatch.Sample(
                tokenizer.prompt(ChatFormat.PLAIN, List.of(), "4+8=", model.vlmConfig().vision().mergeSize()), tokenizer.answer("12"));
            return model.network(task).hidden(TokenBatch.of(scope, model.vlmConfig(), tokenizer.imageToken(), List.of(sample))).toFloatArray();
        }
    }
}
