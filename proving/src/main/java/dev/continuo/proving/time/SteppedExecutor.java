package dev.continuo.proving.time;

import com.typesafe.config.Config;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;

/** Lets actors run on the timeline's thread. Made by the actor system, one for each dispatcher. */
final class SteppedExecutor extends ExecutorServiceConfigurator {
    private final DispatcherPrerequisites prerequisites;

    /** For the actor system. */
    SteppedExecutor(final Config config, final DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
        this.prerequisites = prerequisites;
    }

    @Override
    public ExecutorServiceFactory createExecutorServiceFactory(final String id, final ThreadFactory threads) {
        final Timeline timeline = ((SteppedScheduler) prerequisites.scheduler()).timeline();
        return () -> new OnTimeline(timeline);
    }

    private static final class OnTimeline extends AbstractExecutorService {
        private final Timeline timeline;
        private boolean shutDown;

        private OnTimeline(final Timeline timeline) {
            this.timeline = timeline;
        }

        @Override
        public void execute(final Runnable command) {
            timeline.whenReady(command);
        }

        @Override
        public void shutdown() {
            shutDown = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            shutDown = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return shutDown;
        }

        @Override
        public boolean isTerminated() {
            return shutDown;
        }

        @Override
        public boolean awaitTermination(final long timeout, final TimeUnit unit) {
            return true;
        }
    }
}
