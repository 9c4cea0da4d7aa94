// What the service sends; the records of these names in dev.continuo.supervision say what the fields mean.

export interface Status {
  seconds: number;
  phase: string;
  trial: number;
  asked: string;
  successes: number;
  ended: number;
  loopP99Nanos: number;
  missed: number;
  held: number;
  notice: string;
}

export interface ArmMotion {
  index: number;
  at: number;
  mode: string;
  position: number[];
  setpoint: number[];
}

export interface Sample {
  index: number;
  at: number;
  values: number[];
}

export interface Motion {
  at: number;
  arms: ArmMotion[];
  sensors: Sample[];
}

export interface Plan {
  at: number;
  rowPeriod: number;
  rows: number[][];
}

export interface Percentiles {
  count: number;
  p50: number;
  p99: number;
  p999: number;
  max: number;
}

export interface Latencies {
  at: number;
  latencies: { stage: string; latency: string; recent: Percentiles }[];
}

export interface ArmView {
  name: string;
  minimum: number[];
  maximum: number[];
  firstColumn: number;
  planned: boolean;
}

export interface SensorView {
  name: string;
  channels: string[];
}

export interface Cell {
  name: string;
  task: string;
  arms: ArmView[];
  cameras: string[];
  sensors: SensorView[];
  deadlinesSeconds: Record<string, number>;
}

export interface Report {
  restarts: Record<string, number>;
  counts: Record<string, Record<string, number>>;
  events: string[];
}
