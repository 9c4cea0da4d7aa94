package dev.continuo.simulation.game;

import dev.continuo.config.CellService;
import dev.continuo.config.TrialEvent;
import dev.continuo.simulation.camera.MjpegServer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.concurrent.NanoClock;

/**
 * Plays trials in a running cell: a thread that, for each picture, looks at the cell, has it drawn, sends that, and has it judged.
 *
 * <p>The time of the very first trial does not run before the arms move or the next trial is asked for: the service that plays may
 * still be starting.
 *
 * @param <T> what is played
 */
public final class PlayedGame<T extends PlayedTask> implements CellService.Running {
    private static final long CLOSE_MILLIS = 2_000;

    private final T task;
    private final MjpegServer camera;
    private final long periodNanos;
    private final Consumer<TrialEvent> events;
    private final NanoClock clock;
    private final ConcurrentLinkedQueue<Reasoned> reasoned = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private final byte[] rgb;

    private int number;
    private boolean preparing;
    private boolean playing;
    private boolean begun;
    private volatile boolean wanted;
    private volatile boolean pointless;
    private volatile boolean closed;

    private record Reasoned(String text, long aboutNanos) {
    }

    /**
     * A game that has not begun. Task and camera are closed with it.
     *
     * @param pictureBytes of one picture
     */
    public PlayedGame(final T task, final MjpegServer camera, final int pictureBytes, final int rateHz, final Consumer<TrialEvent> events, final NanoClock clock) {
        this.task = task;
        this.camera = camera;
        rgb = new byte[pictureBytes];
        periodNanos = 1_000_000_000L / rateHz;
        this.events = events;
        this.clock = clock;
        thread = Thread.ofPlatform().name(task.name()).daemon().unstarted(this::run);
    }

    /** Lays out the first scene and begins to play. */
    public void start() {
        prepareNext();
        thread.start();
    }

    /** The camera, to have faults injected. */
    public MjpegServer camera() {
        return camera;
    }

    /** What is played. */
    public T task() {
        return task;
    }

    @Override
    public void nextTrial() {
        wanted = true;
    }

    @Override
    public void reasoning(final String text, final long aboutNanos) {
        reasoned.add(new Reasoned(text, aboutNanos));
    }

    @Override
    public void instruction(final String text) {
        pointless |= task.instruction(text);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        camera.close();
        task.close();
    }

    private void run() {
        long due = clock.nanoTime();
        while (!closed) {
            playOnce();
            due = Math.max(due + periodNanos, clock.nanoTime() - periodNanos);
            while (!closed && clock.nanoTime() < due) {
                LockSupport.parkNanos(due - clock.nanoTime());
            }
        }
    }

    /** One picture's work. */
    private void playOnce() {
        task.observe();
        final long nowNanos = clock.nanoTime();
        if (preparing && task.isLaidOut()) {
            playNext(nowNanos);
        }
        if (number > 0) {
            task.draw(rgb);
            camera.publish(rgb, nowNanos);
            judge(nowNanos);
        }
        if (wanted && !preparing) {
            wanted = false;
            if (playing) {
                begin(nowNanos);
            } else {
                prepareNext();
            }
        }
    }

    private void prepareNext() {
        task.layOutNext();
        preparing = true;
    }

    private void playNext(final long nowNanos) {
        final String asked = task.playNext();
        preparing = false;
        playing = true;
        begun = false;
        number++;
        if (number > 1) {
            begin(nowNanos);
        }
        events.accept(new TrialEvent.Started(number, asked, nowNanos));
    }

    private void begin(final long nowNanos) {
        if (!begun) {
            begun = true;
            task.begin(nowNanos);
        }
    }

    private void judge(final long nowNanos) {
        if (playing && task.haveArmsMoved()) {
            begin(nowNanos);
        }
        final boolean over = task.isOver(nowNanos);
        for (Reasoned told = reasoned.poll(); told != null; told = reasoned.poll()) {
            task.reasoning(told.text(), told.aboutNanos());
        }
        if (pointless) {
            pointless = false;
            giveUp(nowNanos);
        } else if (over && playing) {
            playing = false;
            events.accept(task.ended(number, nowNanos));
        }
    }

    /** A scene that is being laid out, or for which no arm has moved, is replaced; a trial that is played ends. */
    private void giveUp(final long nowNanos) {
        if (preparing || playing && !begun) {
            prepareNext();
        } else if (playing) {
            events.accept(new TrialEvent.GivenUp(number, nowNanos));
        }
        playing = false;
    }
}
