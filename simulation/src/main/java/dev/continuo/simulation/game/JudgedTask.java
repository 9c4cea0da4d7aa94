package dev.continuo.simulation.game;

import dev.continuo.config.TrialEvent;
import dev.continuo.simulation.cell.CellServer;
import dev.continuo.simulation.render.Appearance;
import dev.continuo.simulation.task.Lasting;
import dev.continuo.simulation.task.TrialReferee;
import java.util.function.Supplier;

/** Trials of anybody's in a running cell. */
public final class JudgedTask implements PlayedTask {
    private final String name;
    private final CardTable table;
    private final Supplier<? extends CardTrial> trials;
    private final long timeoutNanos;
    private CardTrial next;
    private Appearance nextAppearance;
    private CardTrial trial;
    private Appearance appearance;
    private Lasting done = new Lasting(TrialReferee.SUCCESS_NANOS);
    private Lasting spoilt = new Lasting(TrialReferee.SPOILT_NANOS);
    private Judgement judgement = Judgement.open("");
    private boolean over;
    private boolean succeeded;
    private boolean timeIsUp;
    private boolean begun;
    private long beganNanos;
    private boolean seen;
    private long seenFromNanos;
    private String reasoning = "";

    JudgedTask(final String name, final CellServer cell, final Supplier<? extends CardTrial> trials, final long timeoutNanos) {
        this.name = name;
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
        return name;
    }

    @Override
    public void observe() {
        table.observe();
    }

    @Override
    public void layOutNext() {
        next = trials.get();
        nextAppearance = next.appearance();
        table.layOut(next.layout());
    }

    @Override
    public boolean isLaidOut() {
        return table.isLaidOut();
    }

    @Override
    public String playNext() {
        trial = next;
        appearance = nextAppearance;
        done = new Lasting(TrialReferee.SUCCESS_NANOS);
        spoilt = new Lasting(TrialReferee.SPOILT_NANOS);
        over = false;
        succeeded = false;
        timeIsUp = false;
        begun = false;
        seen = false;
        reasoning = "";
        return trial.asked();
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
        begun = true;
        beganNanos = nowNanos;
    }

    @Override
    public boolean isOver(final long nowNanos) {
        if (!seen) {
            seen = true;
            seenFromNanos = nowNanos;
        }
        if (!over) {
            judgement = trial.judge(table.scene());
            succeeded = done.look(judgement.state() == Judgement.State.DONE, nowNanos);
            final boolean lost = spoilt.look(judgement.state() == Judgement.State.SPOILT, nowNanos);
            timeIsUp = begun && nowNanos - beganNanos >= timeoutNanos;
            over = succeeded || lost || timeIsUp;
        }
        return over;
    }

    @Override
    public void reasoning(final String text, final long aboutNanos) {
        if (reasoning.isEmpty() && seen && aboutNanos >= seenFromNanos) {
            reasoning = text;
        }
    }

    @Override
    public TrialEvent.Ended ended(final int number, final long nowNanos) {
        final String outcome = judgement.outcome() + (timeIsUp && !succeeded ? "; time is up" : "");
        return new TrialEvent.Ended(number, succeeded, outcome, reasoning, trial.scores(reasoning), nowNanos);
    }

    @Override
    public boolean instruction(final String text) {
        return false; // the scene asks
    }

    @Override
    public void close() {
        table.close();
    }
}
