package dev.continuo.simulation.task;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words that go with an observation, and what can be read from such words. {@link #of} writes exactly one form; {@link #parse}
 * takes whatever a model says and leaves out what it cannot find.
 *
 * @param equation what stands on the board, as read, for example {@code 4+8}; empty when missing
 * @param answer   the answer, or -1
 * @param cards    the cards in the order they are named
 * @param pick     the digit to be picked next, or -1
 * @param pickFrom where it is picked from, or null
 * @param done     whether nothing remains to be done
 */
public record ReasoningText(String equation, int answer, List<Card> cards, int pick, Place pickFrom, boolean done) {
    private static final String END = "Next action:";
    private static final Pattern EQUATION = Pattern.compile("board shows\\s*([^.]*?)\\s*\\.");
    private static final Pattern ANSWER = Pattern.compile("=\\s*(\\d{1,3})\\s*\\.");
    private static final Pattern CARDS = Pattern.compile("Cards:\\s*([^.]*)\\.");
    private static final Pattern CARD = Pattern.compile("(\\d)\\s*\\((left|middle|right|board)\\)");
    private static final Pattern PICK = Pattern.compile("Pick (\\d) from (left|middle|right)");
    private static final Pattern DONE = Pattern.compile("Done\\.");

    /**
     * A card as the text names it.
     *
     * @param digit what it shows
     * @param place where it is
     */
    public record Card(int digit, Place place) {
        @Override
        public String toString() {
            return digit + " (" + place.word() + ")";
        }
    }

    /** Copies the cards. */
    public ReasoningText {
        cards = List.copyOf(cards);
    }

    /**
     * The text for a trial at a moment.
     *
     * @param places where each card of the row is; a card in a gripper is still at the place it was laid out
     */
    public static String of(final TrialSpec trial, final Place[] places) {
        return claiming(trial, places, trial.equation().answer());
    }

    /**
     * The text that would stand there if the answer were another one.
     *
     * @param answer one that the trial's cards can spell
     */
    public static String claiming(final TrialSpec trial, final Place[] places, final int answer) {
        final Equation equation = trial.equation();
        final StringBuilder text = new StringBuilder(160);
        text.append("The board shows ").append(equation).append(". ").append(equation).append('=').append(answer);
        text.append(". Cards: ");
        for (int card = 0; card < places.length; card++) {
            text.append(card == 0 ? "" : ", ").append(new Card(trial.cards().get(card), places[card]));
        }
        text.append(". ");
        final int[] digits = Equation.digits(answer);
        int laid = 0;
        while (laid < digits.length && places[trial.cardShowing(digits[laid])] == Place.BOARD) {
            laid++;
        }
        if (laid == digits.length) {
            return text.append("Done. ").append(END).toString();
        }
        // Said before the pick: finding a card's place by its digit is easier where the same words stand as in the list of cards.
        text.append("Need ");
        for (int i = laid; i < digits.length; i++) {
            text.append(i == laid ? "" : ", ").append(new Card(digits[i], places[trial.cardShowing(digits[i])]));
        }
        text.append(". ");
        final Place from = places[trial.cardShowing(digits[laid])];
        return text.append("Pick ").append(digits[laid]).append(" from ").append(from.word()).append(". ").append(END).toString();
    }

    /** The text without its fixed ending, for people. */
    public static String plain(final String text) {
        return text.endsWith(END) ? text.substring(0, text.length() - END.length()).strip() : text.strip();
    }

    /** Reads what it can from a text. */
    public static ReasoningText parse(final String text) {
        final String equation = group(EQUATION, text).replace(" ", "").replace("=", "");
        final String answer = group(ANSWER, text);
        final List<Card> cards = new ArrayList<>();
        final Matcher card = CARD.matcher(group(CARDS, text));
        while (card.find()) {
            cards.add(new Card(Integer.parseInt(card.group(1)), Place.of(card.group(2))));
        }
        final Matcher pick = PICK.matcher(text);
        final boolean picks = pick.find();
        return new ReasoningText(
            equation, answer.isEmpty() ? -1 : Integer.parseInt(answer), cards, picks ? Integer.parseInt(pick.group(1)) : -1,
            picks ? Place.of(pick.group(2)) : null, DONE.matcher(text).find());
    }

    /** The first operator sign of the equation as read, or 0. */
    public char sign() {
        for (final char c : equation.toCharArray()) {
            if (Operator.of(c) != null) {
                return c;
            }
        }
        return 0;
    }

    /** The numbers of the equation as read, separated by a space; empty when there are none. */
    public String numbers() {
        return equation.replaceAll("\\D+", " ").strip();
    }

    private static String group(final Pattern pattern, final String text) {
        final Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}
