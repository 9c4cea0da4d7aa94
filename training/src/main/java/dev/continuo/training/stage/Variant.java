package dev.continuo.training.stage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.continuo.config.ProfileException;
import dev.continuo.perception.PictureLimits;
import dev.continuo.policy.Conditioning;
import dev.continuo.policy.PolicyConfig;
import dev.continuo.reasoning.text.ChatTokenizer;
import dev.continuo.training.data.Robot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The policies that are compared: the one that ships, and what others do or the paper leaves out, at the same size. All start from the same
 * pretrained, dense vision-language model and learn from the same data.
 */
public enum Variant {
    /** ChatVLA-2: a routed mixture of eight experts, and an action expert whose latter half follows the reasoning. */
    CHATVLA2("chatvla2", Experts.ROUTED, false, Stage.ACTION_EXPERT),
    /** As DexVLA (chatvla2.md section 2.4): dense, the reasoning modulates the observation. */
    DEXVLA("dexvla", Experts.NONE, true, Stage.ACTION_EXPERT),
    /** As the first ChatVLA (section 2.5): one expert for words and one for the robot, the reasoning modulates the observation. */
    CHATVLA("chatvla", Experts.BY_TASK, true, Stage.ACTION_EXPERT),
    /** The run that the paper does not have: ChatVLA-2's mixture with DexVLA's way of hearing the reasoning. */
    NO_REASONING_FOLLOWING("chatvla2-no-reasoning-following", Experts.ROUTED, true, Stage.ACTION_EXPERT),
    /** ChatVLA-2 without its second stage; the first goes on for about as long as that takes. */
    STAGE_1("chatvla2-stage-1", Experts.ROUTED, false, Stage.CO_TRAINING);

    private static final double LONGER_FIRST_STAGE = 1.6;
    private static final String CONFIG = "config.json";
    private static final String EXPERTS = "num_experts";
    private static final String EXPERTS_PER_TOKEN = "num_experts_per_tok";

    private enum Experts { NONE, BY_TASK, ROUTED }

    private final String label;
    private final Experts experts;
    private final boolean modulates;
    private final Stage last;

    Variant(final String label, final Experts experts, final boolean modulates, final Stage last) {
        this.label = label;
        this.experts = experts;
        this.modulates = modulates;
        this.last = last;
    }

    /** The policy of a name as the command line has it. */
    public static Variant of(final String label) {
        return Arrays.stream(values()).filter(variant -> variant.label.equals(label)).findFirst()
            .orElseThrow(() -> new ProfileException("no policy " + label + "; there are "
                + Arrays.stream(values()).map(Variant::label).collect(Collectors.joining(", "))));
    }

    /** The name on the command line, in folders and reports. */
    public String label() {
        return label;
    }

    /** The stage that it ends with. */
    public Stage last() {
        return last;
    }

    /** How many of a stage's steps it takes. */
    double steps(final Stage stage) {
        return stage == Stage.CO_TRAINING && last == stage ? LONGER_FIRST_STAGE : 1;
    }

    /**
     * Where the model of this policy is.
     *
     * @param shipped the folder of the model that ships, for example {@code models/nano}
     */
    public Path folder(final Path shipped) {
        return this == CHATVLA2 ? shipped : shipped.resolveSibling(shipped.getFileName() + "-" + label);
    }

    /** Makes the folder of this policy's model, as yet without weights, from the folder of the one that ships. */
    public Path prepare(final Path shipped) {
        return this == CHATVLA2 ? shipped : describe(shipped, folder(shipped), experts, modulates);
    }

    /** Makes the folder of the dense model that all policies start from, as yet without weights. */
    static Path prepare(final Pretrained pretrained) {
        return describe(pretrained.shipped(), pretrained.folder(), Experts.NONE, false);
    }

    private static Path describe(final Path shipped, final Path folder, final Experts experts, final boolean modulates) {
        try {
            Files.createDirectories(folder);
            for (final String file : List.of(ChatTokenizer.FILE, PictureLimits.FILE)) {
                Files.copy(shipped.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
            final ObjectMapper json = new ObjectMapper();
            final ObjectNode config = (ObjectNode) json.readTree(shipped.resolve(CONFIG).toFile());
            setExperts(config, experts);
            json.writerWithDefaultPrettyPrinter().writeValue(folder.resolve(CONFIG).toFile(), config);
            for (final Map.Entry<Robot, PolicyConfig> expert : ModelSizes.load(shipped).policies().entrySet()) {
                final Path own = Files.createDirectories(expert.getKey().in(folder));
                (modulates ? expert.getValue().with(new Conditioning.FeatureWise()) : expert.getValue()).save(own.resolve(PolicyConfig.FILE));
            }
            return folder;
        } catch (final IOException failure) {
            throw new ProfileException("cannot make " + folder + ": " + failure.getMessage(), failure);
        }
    }

    private static void setExperts(final ObjectNode config, final Experts experts) {
        switch (experts) {
            case NONE -> {
                config.remove(EXPERTS);
                config.remove(EXPERTS_PER_TOKEN);
            }
            case BY_TASK -> {
                config.put(EXPERTS, 2);
                config.put(EXPERTS_PER_TOKEN, 0);
            }
            case ROUTED -> {
            }
        }
    }
}
