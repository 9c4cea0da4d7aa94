import { byId } from "./dom";

/** Lets the buttons do what they say. */
export function bindActions(): void {
  const instruction = byId<HTMLInputElement>("instruction");
  byId("emergency-stop").addEventListener("click", () => void ask("/api/emergency-stop", "stopped"));
  byId("start").addEventListener("click", () => void ask("/api/start", "started"));
  byId("park").addEventListener("click", () => void ask("/api/park", "told to park"));
  byId("release").addEventListener("click", () => void ask("/api/release", "released"));
  byId("finish").addEventListener("click", () => {
    if (confirm("Park the arms and end the service?")) {
      void ask("/api/finish", "ending");
    }
  });
  byId("instruct").addEventListener("submit", (event) => {
    event.preventDefault();
    void ask("/api/instruction", "asked", { text: instruction.value }).then((taken) => {
      if (taken) {
        instruction.value = "";
      }
    });
  });
}

async function ask(path: string, done: string, body: object = {}): Promise<boolean> {
  const answer = byId("answer");
  try {
    const response = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    const document = (await response.json()) as { error?: string };
    answer.textContent = response.ok ? done : (document.error ?? `refused: ${response.status}`);
    answer.classList.toggle("refused", !response.ok);
    return response.ok;
  } catch {
    answer.textContent = "not heard: there is no connection";
    answer.classList.add("refused");
    return false;
  }
}
