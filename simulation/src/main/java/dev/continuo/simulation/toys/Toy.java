package dev.continuo.simulation.toys;

import dev.continuo.simulation.task.Split;

/**
 * A thing on the table: a foam block that shows its picture on all sides, or a plain coloured one that others are placed by.
 *
 * @param name  as instructions have it, for example {@code avocado} or {@code pink block}
 * @param role  what it is for
 * @param split where it may be seen acted on: toys of the open world are in no robot data
 */
public record Toy(String name, Role role, Split split) {

    /** What a thing on the table is for. */
    public enum Role {
        /** It is picked. */
        OBJECT(0.052, 0.056),
        /** Others are placed by it or on it. */
        TARGET(0.066, 0.036);

        private final double width;
        private final double height;

        Role(final double width, final double height) {
            this.width = width;
            this.height = height;
        }

        /** Length and width of the block, metres. */
        public double width() {
            return width;
        }

        /** Height of the block, metres. */
        public double height() {
            return height;
        }
    }
}
