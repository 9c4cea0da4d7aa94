import uPlot from "uplot";
import { byId, element } from "./dom";
import type { Latencies, Percentiles } from "./types";

const WINDOW_SECONDS = 120;
const HEIGHT = 110;
const NANOS_PER_MILLI = 1e6;
const TITLES: Record<string, string> = {
  "loop-lateness": "Lateness of control cycles",
  "state-to-command": "State to command",
  "chunk-inference": "Inference of a chunk",
  "frame-to-chunk": "Picture to chunk",
  "capture-to-publish": "Capture to publication",
  "reasoning-first-token": "Reasoning: first token",
  "reasoning-total": "Reasoning: in total",
  "observation-age": "Age of the observation played",
  "reasoning-age": "Age of the reasoning played",
  "frame-skew": "Skew of cameras",
};

interface Plot {
  chart: uPlot;
  title: HTMLElement;
  times: number[];
  p50: number[];
  p99: number[];
  p999: number[];
  deadlineMillis: number | undefined;
}

const plots = new Map<string, Plot>();

/** A plot for each latency that there may be. */
export function showLatencies(deadlinesSeconds: Record<string, number>): void {
  const folder = byId("latencies");
  folder.replaceChildren();
  plots.clear();
  for (const [latency, name] of Object.entries(TITLES)) {
    const figure = element("figure");
    figure.id = `latency-${latency}`;
    const title = element("figcaption", "", name);
    figure.append(title);
    folder.append(figure);
    const seconds = deadlinesSeconds[latency];
    plots.set(latency, { chart: chart(figure), title, times: [], p50: [], p99: [], p999: [], deadlineMillis: seconds === undefined ? undefined : seconds * 1000 });
  }
}

function chart(figure: HTMLElement): uPlot {
  const line = (stroke: string, dash?: number[]): uPlot.Series => ({ stroke, width: 1, points: { show: false }, ...(dash ? { dash } : {}) });
  return new uPlot(
    {
      width: Math.max(figure.clientWidth, 200),
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false }, y: { distr: 3 } },
      axes: [
        { show: false },
        {
          stroke: "#8a94a6",
          grid: { stroke: "#232a36", filter: powersOfTen },
          ticks: { filter: powersOfTen },
          size: 60,
          font: "11px system-ui",
          filter: powersOfTen,
          values: (_, splits) => splits.map(label),
        },
      ],
      series: [{}, line("#5ab0f6"), line("#f2c14e"), line("#ef6f6c"), line("#8a94a6", [4, 4])],
    },
    [[], [], [], [], []],
    figure,
  );
}

function powersOfTen(_: uPlot, splits: number[]): (number | null)[] {
  return splits.map((millis) => (isPowerOfTen(millis) ? millis : null));
}

function isPowerOfTen(millis: number): boolean {
  const exponent = Math.log10(millis);
  return Math.abs(exponent - Math.round(exponent)) < 1e-9;
}

function label(millis: number | null): string {
  if (millis === null) {
    return "";
  }
  return millis >= 1000 ? `${millis / 1000} s` : millis >= 1 ? `${millis} ms` : `${Math.round(millis * 1e6) / 1e3} µs`;
}

/** Forgets what was measured of another run. */
export function clearLatencies(): void {
  for (const plot of plots.values()) {
    plot.times = [];
    plot.p50 = [];
    plot.p99 = [];
    plot.p999 = [];
  }
}

/** Another second. Where stages share a latency, two arms for example, the worse of them is drawn. */
export function addLatencies(taken: Latencies): void {
  const worst = new Map<string, Percentiles>();
  for (const { latency, recent } of taken.latencies) {
    const before = worst.get(latency);
    worst.set(latency, before === undefined ? recent : {
      count: before.count + recent.count,
      p50: Math.max(before.p50, recent.p50),
      p99: Math.max(before.p99, recent.p99),
      p999: Math.max(before.p999, recent.p999),
      max: Math.max(before.max, recent.max),
    });
  }
  for (const [latency, percentiles] of worst) {
    const plot = plots.get(latency);
    if (plot !== undefined) {
      add(plot, taken.at, percentiles);
      plot.title.textContent = `${TITLES[latency]}: ${short(percentiles.p99)}`;
    }
  }
}

function add(plot: Plot, at: number, percentiles: Percentiles): void {
  // A logarithmic axis has no zero.
  const millis = (nanos: number) => Math.max(nanos, 100) / NANOS_PER_MILLI;
  plot.times.push(at);
  plot.p50.push(millis(percentiles.p50));
  plot.p99.push(millis(percentiles.p99));
  plot.p999.push(millis(percentiles.p999));
  while ((plot.times[0] ?? at) < at - WINDOW_SECONDS) {
    [plot.times, plot.p50, plot.p99, plot.p999].forEach((values) => values.shift());
  }
  const deadline = plot.times.map(() => plot.deadlineMillis ?? null);
  plot.chart.setData([plot.times, plot.p50, plot.p99, plot.p999, deadline]);
}

function short(nanos: number): string {
  return nanos >= 1e9 ? `${(nanos / 1e9).toFixed(2)} s` : nanos >= 1e6 ? `${(nanos / 1e6).toFixed(1)} ms` : `${(nanos / 1e3).toFixed(0)} µs`;
}
