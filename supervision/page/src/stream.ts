import type { Latencies, Motion, Plan, Status } from "./types";

/** Who is told of what comes. */
export interface Listener {
  status(status: Status): void;
  motion(motion: Motion): void;
  plan(plan: Plan): void;
  reasoning(text: string): void;
  latency(latencies: Latencies): void;
  /** The connection is there, for the first time or again. */
  connected(): void;
  /** Nothing has come for a while. */
  lost(sinceMillis: number): void;
}

const SILENCE_MILLIS = 2000;
const RETRY_MILLIS = 1000;

/** Listens for as long as the page is open; a service that goes away and comes back is connected to again. */
export function listen(listener: Listener): void {
  let heardAtMillis = Date.now();
  let alive = false;
  let source: EventSource;

  const heard = <T>(tell: (data: T) => void) => (event: MessageEvent<string>) => {
    heardAtMillis = Date.now();
    if (!alive) {
      alive = true;
      listener.connected();
    }
    tell(JSON.parse(event.data) as T);
  };

  const open = () => {
    source = new EventSource("/api/stream");
    source.addEventListener("status", heard<Status>((status) => listener.status(status)));
    source.addEventListener("motion", heard<Motion>((motion) => listener.motion(motion)));
    source.addEventListener("plan", heard<Plan>((plan) => listener.plan(plan)));
    source.addEventListener("reasoning", heard<{ text: string }>((reasoning) => listener.reasoning(reasoning.text)));
    source.addEventListener("latency", heard<Latencies>((latencies) => listener.latency(latencies)));
  };

  // An EventSource retries by itself after a broken connection, but neither after a refusal nor when packets merely stop.
  setInterval(() => {
    if (Date.now() - heardAtMillis > SILENCE_MILLIS) {
      alive = false;
      listener.lost(heardAtMillis);
      source.close();
      open();
    }
  }, RETRY_MILLIS);
  open();
}
