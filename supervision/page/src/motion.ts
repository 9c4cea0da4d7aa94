import uPlot from "uplot";
import { byId, element } from "./dom";
import type { ArmView, Motion, Plan } from "./types";

const PAST_SECONDS = 6;
const AHEAD_SECONDS = 1.5;
const HEIGHT = 64;

interface Axis {
  chart: uPlot;
  title: HTMLElement;
  name: string;
  measured: number[];
  commanded: number[];
}

interface Arm {
  view: ArmView;
  mode: HTMLElement;
  axes: Axis[];
  times: number[];
}

let arms: Arm[] = [];
let plan: Plan | undefined;

/** Plots for all axes of all arms. */
export function showArms(views: ArmView[]): void {
  const folder = byId("arms");
  folder.replaceChildren();
  plan = undefined;
  arms = views.map((view) => {
    const box = element("div", "arm");
    const head = element("h3", "", view.name);
    const mode = element("span", "mode");
    mode.id = `mode-${view.name}`;
    head.append(mode);
    const grid = element("div", "plots");
    box.append(head, grid);
    folder.append(box);
    const axes = view.minimum.map((_, index) => axis(grid, view, index));
    return { view, mode, axes, times: [] };
  });
}

function axis(grid: HTMLElement, view: ArmView, index: number): Axis {
  const name = index === view.minimum.length - 1 ? "gripper" : `joint ${index + 1}`;
  const figure = element("figure");
  const title = element("figcaption", "", name);
  figure.append(title);
  grid.append(figure);
  const line = (stroke: string, dash?: number[]): uPlot.Series => ({ stroke, width: 1.2, spanGaps: true, points: { show: false }, ...(dash ? { dash } : {}) });
  const chart = new uPlot(
    {
      width: Math.max(figure.clientWidth, 120),
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false }, y: { range: (_, low, high) => padded(low, high, view, index) } },
      axes: [{ show: false }, { show: false }],
      series: [{}, line("#7bd88f"), line("#5ab0f6"), line("#f2c14e", [3, 3])],
    },
    [[], [], [], []],
    figure,
  );
  return { chart, title, name, measured: [], commanded: [] };
}

/** At least a twentieth of what the axis can do, so that noise does not look like motion. */
function padded(low: number, high: number, view: ArmView, index: number): [number, number] {
  const span = (view.maximum[index] ?? 1) - (view.minimum[index] ?? 0);
  const half = Math.max((high - low) * 0.55, span / 40);
  const middle = (low + high) / 2;
  return Number.isFinite(middle) ? [middle - half, middle + half] : [view.minimum[index] ?? 0, view.maximum[index] ?? 1];
}

/** The policy has sent another chunk. */
export function setPlan(newest: Plan): void {
  plan = newest;
}

/** Forgets what another run did. */
export function clearMotion(): void {
  plan = undefined;
  for (const arm of arms) {
    arm.times = [];
    arm.axes.forEach((axis) => {
      axis.measured = [];
      axis.commanded = [];
    });
  }
}

/** What the arms do now. */
export function addMotion(motion: Motion): void {
  for (const state of motion.arms) {
    const arm = arms[state.index];
    if (arm === undefined) {
      continue;
    }
    arm.mode.textContent = state.mode.toLowerCase();
    arm.mode.dataset.mode = state.mode;
    if (state.at <= (arm.times.at(-1) ?? -Infinity)) {
      continue;
    }
    arm.times.push(state.at);
    arm.axes.forEach((axis, index) => {
      axis.measured.push(state.position[index] ?? NaN);
      axis.commanded.push(state.setpoint[index] ?? NaN);
    });
    while ((arm.times[0] ?? 0) < motion.at - PAST_SECONDS) {
      arm.times.shift();
      arm.axes.forEach((axis) => {
        axis.measured.shift();
        axis.commanded.shift();
      });
    }
    draw(arm, motion.at, state.mode === "PLAYING");
  }
}

function draw(arm: Arm, at: number, playing: boolean): void {
  const planned = playing && arm.view.planned && plan !== undefined && plan.at + plan.rows.length * plan.rowPeriod > at ? plan : undefined;
  const plannedTimes = planned?.rows.map((_, row) => planned.at + row * planned.rowPeriod) ?? [];
  arm.axes.forEach((axis, index) => {
    const ahead = planned?.rows.map((row) => row[arm.view.firstColumn + index] ?? null) ?? [];
    const data = uPlot.join([[arm.times, axis.measured, axis.commanded], [plannedTimes, ahead]] as uPlot.AlignedData[]);
    axis.chart.batch(() => {
      axis.chart.setData(data, false);
      axis.chart.setScale("x", { min: at - PAST_SECONDS, max: at + AHEAD_SECONDS });
    });
    axis.title.textContent = `${axis.name} ${(axis.measured.at(-1) ?? NaN).toFixed(3)}`;
  });
}
