package dev.continuo.supervision.roles;

import dev.continuo.config.CellService;
import dev.continuo.config.ProfileException;
import java.util.List;
import java.util.ServiceLoader;

/** Finds the simulated cell that plays a task, and whoever knows its instructions. */
public final class Cells {
    private Cells() {
    }

    /**
     * Checks an instruction of a task, if there is anybody who knows it.
     *
     * @throws ProfileException with one line that says what is not understood, and what would be
     */
    public static void check(final String task, final String instruction) {
        services().stream().filter(service -> service.task().equals(task)).forEach(service -> {
            try {
                service.check(instruction);
            } catch (final IllegalArgumentException notUnderstood) {
                throw new ProfileException(notUnderstood.getMessage(), notUnderstood);
            }
        });
    }

    /**
     * The cell for a task, from the class path.
     *
     * @throws ProfileException if there is none
     */
    public static CellService find(final String task) {
        final List<CellService> services = services();
        return services.stream().filter(service -> service.task().equals(task)).findFirst()
            .orElseThrow(() -> new ProfileException("no simulated cell plays the task " + task + "; there are: "
                + (services.isEmpty() ? "none" : String.join(", ", services.stream().map(CellService::task).sorted().toList()))));
    }

    private static List<CellService> services() {
        return ServiceLoader.load(CellService.class).stream().map(ServiceLoader.Provider::get).toList();
    }
}
