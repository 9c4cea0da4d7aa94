import uPlot from "uplot";
import { byId, element } from "./dom";
import type { Motion, SensorView } from "./types";

const PAST_SECONDS = 30;
const HEIGHT = 70;

interface Channel {
  chart: uPlot;
  title: HTMLElement;
  name: string;
  values: number[];
}

interface Sensor {
  channels: Channel[];
  times: number[];
}

let sensors: Sensor[] = [];

/** A plot for each channel of each sensor; nothing where there are no sensors. */
export function showSensors(views: SensorView[]): void {
  const folder = byId("sensors");
  folder.replaceChildren();
  byId("sensor-section").hidden = views.length === 0;
  sensors = views.map((view) => {
    const grid = element("div", "plots");
    grid.id = `sensor-${view.name}`;
    folder.append(element("h3", "", view.name), grid);
    return { channels: view.channels.map((name) => channel(grid, name)), times: [] };
  });
}

function channel(grid: HTMLElement, name: string): Channel {
  const figure = element("figure");
  const title = element("figcaption", "", name);
  figure.append(title);
  grid.append(figure);
  const chart = new uPlot(
    {
      width: Math.max(figure.clientWidth, 120),
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false } },
      axes: [{ show: false }, { stroke: "#8a94a6", grid: { stroke: "#232a36" }, size: 48, font: "11px system-ui" }],
      series: [{}, { stroke: "#7bd88f", width: 1.2, points: { show: false } }],
    },
    [[], []],
    figure,
  );
  return { chart, title, name, values: [] };
}

/** Forgets what another run measured. */
export function clearSensors(): void {
  for (const sensor of sensors) {
    sensor.times = [];
    sensor.channels.forEach((channel) => (channel.values = []));
  }
}

/** What the sensors say now. */
export function addSamples(motion: Motion): void {
  for (const sample of motion.sensors) {
    const sensor = sensors[sample.index];
    if (sensor === undefined || sample.at <= (sensor.times.at(-1) ?? -Infinity)) {
      continue;
    }
    sensor.times.push(sample.at);
    sensor.channels.forEach((channel, index) => channel.values.push(sample.values[index] ?? NaN));
    while ((sensor.times[0] ?? 0) < motion.at - PAST_SECONDS) {
      sensor.times.shift();
      sensor.channels.forEach((channel) => channel.values.shift());
    }
    for (const channel of sensor.channels) {
      channel.chart.batch(() => {
        channel.chart.setData([sensor.times, channel.values]);
        channel.chart.setScale("x", { min: motion.at - PAST_SECONDS, max: motion.at });
      });
      channel.title.textContent = `${channel.name}: ${(channel.values.at(-1) ?? NaN).toPrecision(4)}`;
    }
  }
}
