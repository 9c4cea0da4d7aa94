package dev.continuo.supervision.roles;

import dev.continuo.config.CellService;
import dev.continuo.config.ProfileException;
import java.util.List;
import java.util.ServiceLoader;

/** Finds the simulated cell that plays a task. */
public final class Cells {
    private Cells() {
    }

    /**
     * The cell for a task, from the class path.
     *
     * @throws ProfileException if there is none
     */
    public static CellService find(final String task) {
        final List<CellService> services = ServiceLoader.load(CellService.class).stream().map(ServiceLoader.Provider::get).toList();
        return services.stream().filter(service -> service.task().equals(task)).findFirst()
            .orElseThrow(() -> new ProfileException("no simulated cell plays the task " + task + "; there are: "
                + (services.isEmpty() ? "none" : String.join(", ", services.stream().map(CellService::task).sorted().toList()))));
    }
}
