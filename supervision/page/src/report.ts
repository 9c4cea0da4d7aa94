import { byId, element } from "./dom";
import type { Cell, Report } from "./types";

const PERIOD_MILLIS = 2000;

/** Shows actors, counts and events, again and again. */
export function followReport(cell: () => Cell | undefined): void {
  const look = async () => {
    try {
      const response = await fetch("/api/report");
      if (response.ok) {
        show((await response.json()) as Report, cell());
      }
    } catch {
      // The stream says that the connection is gone.
    }
  };
  setInterval(() => void look(), PERIOD_MILLIS);
  void look();
}

function show(report: Report, cell: Cell | undefined): void {
  const tree: Record<string, string[]> = { control: [], brain: [], cell: [] };
  for (const actor of Object.keys(report.restarts)) {
    if (actor.startsWith("arm-")) {
      tree.control?.push(actor);
    } else if (!(actor in tree)) {
      tree.brain?.push(actor);
    }
  }
  const roles = Object.entries(tree).filter(([role, actors]) => actors.length > 0 || role in report.restarts);
  byId("actors").replaceChildren(...roles.map(([role, actors]) => branch(role, actors, report)));
  const events = report.events.slice(-200).reverse();
  byId("events").replaceChildren(...events.map((event) => element("li", "", event)));
  document.title = cell === undefined ? "Continuo" : `${cell.name} – Continuo`;
}

function branch(role: string, actors: string[], report: Report): HTMLElement {
  const item = leaf(role, report);
  const list = element("ul");
  list.append(...actors.map((actor) => leaf(actor, report)));
  item.append(list);
  return item;
}

function leaf(actor: string, report: Report): HTMLElement {
  const restarts = report.restarts[actor] ?? 0;
  const item = element("li");
  item.append(element("span", "actor", actor));
  if (restarts > 0) {
    item.append(element("span", "restarts", restarts === 1 ? "restarted once" : `restarted ${restarts} times`));
  }
  const counts = Object.entries(report.counts[actor] ?? {}).filter(([, count]) => count > 0);
  if (counts.length > 0) {
    item.append(element("span", "counts", counts.map(([what, count]) => `${what} ${count}`).join(", ")));
  }
  return item;
}
