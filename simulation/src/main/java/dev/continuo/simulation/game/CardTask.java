package dev.continuo.simulation.game;

import dev.continuo.config.TrialEvent;
import dev.continuo.simulation.cell.CellServer;
import dev.continuo.simulation.render.Appearance;
import dev.continuo.simulation.task.Judge;
import dev.continuo.simulation.task.MathMatching;
import dev.continuo.simulation.task.TrialReferee;
import dev.continuo.simulation.task.TrialReferee.Verdict;
import dev.continuo.simulation.task.TrialSpec;
import java.util.List;

/** Math matching in a running cell. */
public final class CardTask implements PlayedTask {
    private final CardTable table;
    private final TrialSequence trials;
    private final long timeoutNanos;
    private TrialReferee referee;
    private Appearance appearance;
    private TrialReferee nextReferee;
    private Appearance nextAppearance;
    private Verdict verdict = Verdict.PLAYING;

    CardTask(final CellServer cell, final TrialSequence trials, final long timeoutNanos) {
        table = new CardTable(cell);
        this.trials = trials;
        this.timeoutNanos = timeoutNanos;
    }

    /** The cell, to have faults injected. */
    public CellServer cell() {
        return table.cell();
    }

    @Override
    public String name() {
        return MathMatching.NAME;
    }

    @Override
    public void observe() {
        table.observe();
    }

    @Override
    public void layOutNext() {
        final TrialSpec trial = trials.next();
        nextAppearance = trial.appearance();
        nextReferee = new TrialReferee(trial, timeoutNanos);
        table.layOut(Scenes.layout(trial));
    }

    @Override
    public boolean isLaidOut() {
        return table.isLaidOut();
    }

    @Override
    public String playNext() {
        referee = nextReferee;
        appearance = nextAppearance;
        verdict = Verdict.PLAYING;
        return referee.trial().equation().text();
    }

    @Override
    public void draw(final byte[] rgb) {
        table.draw(appearance, rgb);
    }

    @Override
    public boolean haveArmsMoved() {
        return table.haveArmsMoved();
    }

    @Override
    public void begin(final long nowNanos) {
        referee.begin(nowNanos);
    }

    @Override
    public boolean isOver(final long nowNanos) {
        verdict = referee.update(table.scene(), nowNanos);
        return verdict != Verdict.PLAYING;
    }

    @Override
    public void reasoning(final String text, final long aboutNanos) {
        referee.reasoning(text, aboutNanos);
    }

    @Override
    public TrialEvent.Ended ended(final int number, final long nowNanos) {
        final String outcome = Judge.outcome(referee.trial(), table.scene());
        return new TrialEvent.Ended(number, verdict == Verdict.SUCCESS, verdict == Verdict.TIMEOUT ? outcome + "; time is up" : outcome, referee.reasoning(),
            List.of(new TrialEvent.Score("OCR", referee.scores().ocr(), Judge.MOST_OCR),
                new TrialEvent.Score("mathematics", referee.scores().mathematics(), Judge.MOST_MATHEMATICS)), nowNanos);
    }

    @Override
    public boolean instruction(final String text) {
        return false; // the board asks
    }

    @Override
    public void close() {
        table.close();
    }
}
