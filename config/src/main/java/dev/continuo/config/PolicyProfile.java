package dev.continuo.config;

import java.util.Map;

/**
 * What computes the chunks.
 *
 * @param kind      {@code model} for the model's action expert, or what a plugin calls its policy
 * @param reasoning whether the vision-language model reasons, and chunks wait for what it says; the action expert cannot do without
 * @param settings  what only the plugin knows, for example a server's address
 */
public record PolicyProfile(String kind, boolean reasoning, PluginSettings settings) {
    /** The model's action expert. */
    public static final PolicyProfile MODEL = new PolicyProfile("model", true, new PluginSettings("policy model", Map.of()));

    /** Whether it is the model's action expert. */
    public boolean isModel() {
        return kind.equals(MODEL.kind);
    }
}
