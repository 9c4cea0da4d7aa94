package dev.continuo.simulation.toys;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a toy-placement trial asks for: {@code Pick the avocado and place it to the left of the pink block.}
 *
 * @param object   what is picked
 * @param relation where it goes
 * @param target   by what
 */
public record ToyInstruction(Toy object, Relation relation, Toy target) {
    private static final Pattern FORM = Pattern.compile(
        "\\s*pick (?:up )?the (?<object>.+?) and place it (?<place>.+) the (?<target>[^.]+?)\\s*\\.?\\s*", Pattern.CASE_INSENSITIVE);
    private static final String EXAMPLE = "Pick the avocado and place it to the left of the pink block.";

    /** The instruction in words. */
    public String text() {
        return "Pick the " + object.name() + " and place it " + relation.phrase() + " the " + target.name() + ".";
    }

    /**
     * Reads an instruction.
     *
     * @throws IllegalArgumentException with one line that names what is unknown, and what is known
     */
    public static ToyInstruction of(final String text) {
        final Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("not understood: \"" + text + "\"; an instruction is like \"" + EXAMPLE + '"');
        }
        final Relation relation = Relation.in(form.group("place")).orElseThrow(() -> new IllegalArgumentException(
            "no place \"" + form.group("place") + "\"; there are " + String.join(", ", Relation.words())));
        return new ToyInstruction(toy(form.group("object"), Toy.Role.OBJECT, "picked"), relation, toy(form.group("target"), Toy.Role.TARGET, "placed by"));
    }

    private static Toy toy(final String name, final Toy.Role role, final String use) {
        return ToyShelf.named(name).filter(toy -> toy.role() == role).orElseThrow(() -> new IllegalArgumentException(
            "no \"" + name.strip() + "\" that things can be " + use + "; there are "
                + ToyShelf.all().stream().filter(toy -> toy.role() == role).map(Toy::name).collect(Collectors.joining(", "))));
    }

    /** All instructions about some objects and targets. */
    public static List<ToyInstruction> all(final List<Toy> objects, final List<Toy> targets) {
        return objects.stream().flatMap(object -> targets.stream().flatMap(target ->
            List.of(Relation.values()).stream().map(relation -> new ToyInstruction(object, relation, target)))).toList();
    }
}
