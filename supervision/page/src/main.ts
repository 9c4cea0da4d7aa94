import "uplot/dist/uPlot.min.css";
import "./page.css";
import { bindActions } from "./actions";
import { byId, element } from "./dom";
import { addLatencies, clearLatencies, showLatencies } from "./latencies";
import { addMotion, clearMotion, setPlan, showArms } from "./motion";
import { followReport } from "./report";
import { addSamples, clearSensors, showSensors } from "./sensors";
import { listen } from "./stream";
import type { Cell, Status } from "./types";

let cell: Cell | undefined;
let lastSeconds = 0;

async function showCell(): Promise<void> {
  const response = await fetch("/api/cell");
  if (!response.ok) {
    return;
  }
  cell = (await response.json()) as Cell;
  showArms(cell.arms);
  showSensors(cell.sensors);
  showLatencies(cell.deadlinesSeconds);
  byId("cameras").replaceChildren(...cell.cameras.map((name) => {
    const figure = element("figure");
    const picture = document.createElement("img");
    picture.alt = `camera ${name}`;
    // Another address each time, or the browser shows what it has.
    picture.src = `/api/cameras/${encodeURIComponent(name)}?from=${Date.now()}`;
    figure.append(picture, element("figcaption", "", name));
    return figure;
  }));
}

function showStatus(status: Status): void {
  if (status.seconds < lastSeconds) {
    clearMotion();
    clearSensors();
    clearLatencies();
  }
  lastSeconds = status.seconds;
  const phase = byId("phase");
  phase.textContent = status.phase;
  phase.dataset.phase = status.phase;
  byId("trial").textContent = status.trial > 0 ? `trial ${status.trial}: ${status.asked} (${status.successes} of ${status.ended})` : "";
  byId("notice").textContent = status.notice;
  byId("loop").textContent = `${status.seconds.toFixed(0)} s   loop p99 ${(status.loopP99Nanos / 1e6).toFixed(3)} ms   missed ${status.missed}   held ${status.held}`;
}

bindActions();
followReport(() => cell);
listen({
  status: showStatus,
  motion: (motion) => {
    addMotion(motion);
    addSamples(motion);
  },
  plan: setPlan,
  reasoning: (text) => (byId("reasoning").textContent = text),
  latency: addLatencies,
  connected: () => {
    byId("lost").hidden = true;
    document.body.classList.remove("stale");
    void showCell();
  },
  lost: (sinceMillis) => {
    const lost = byId("lost");
    lost.hidden = false;
    lost.textContent = `No connection to the service since ${new Date(sinceMillis).toLocaleTimeString()}: what you see is old. Trying again.`;
    document.body.classList.add("stale");
  },
});
