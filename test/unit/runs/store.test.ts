import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isPaused, pauseRun, resumeRun } from "../../../runs/control.ts";
import { launchTrainer } from "../../../runs/launch.ts";
import { exitReason } from "../../../runs/reason.ts";
import { RunSession } from "../../../runs/session.ts";
import { RunStore } from "../../../runs/store.ts";
import { encode } from "../../../telemetry/codec.ts";
import type { TelemetryEvent } from "../../../telemetry/events.ts";
import { RUNS_FOLDER } from "../../../telemetry/files/folder.ts";
import { endEvent, epochEvent, runEvent, stepEvent } from "../../helpers/events.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "vitals-runs-"));
});
afterEach(() => rmSync(root, { recursive: true }));

const alive = { host: hostname(), pid: process.pid };

function record(id: string, events: TelemetryEvent[]): string {
  const folder = join(root, RUNS_FOLDER, id);
  mkdirSync(folder, { recursive: true });
  appendFileSync(
    join(folder, "events.ndjson"),
    events.map((event) => `${encode(event)}\n`).join(""),
  );
  return folder;
}

describe("session", () => {
  it("follows a run to its end: status, best epoch, curves", async () => {
    const folder = record("a", [runEvent(alive), stepEvent({ step: 1 })]);
    const session = new RunSession(folder);
    await expect.poll(() => session.step?.step).toBe(1);
    expect(session.status).toBe("running");
    pauseRun(folder);
    expect(session.status).toBe("paused");
    expect(isPaused(folder)).toBe(true);
    resumeRun(folder);
    record("a", [
      epochEvent(0, { loss: 2.3 }, { loss: 0.01 }),
      epochEvent(1, { loss: 1 }, { loss: 1.2 }),
      epochEvent(2, { loss: 0.5 }, { loss: Number.NaN }),
      epochEvent(3, { loss: 0.4 }, { loss: 1.4 }),
      endEvent(),
    ]);
    await expect.poll(() => session.closed).toBe(true);
    expect(session.status).toBe("completed");
    // Neither the state before training nor a NaN is the best epoch.
    expect(session.best?.epoch).toBe(1);
    expect(session.curves.get("validation.loss")?.length).toBe(4);
  });

  it("calls a run failed when its trainer vanished, with a reason", async () => {
    const session = new RunSession(
      record("dead", [runEvent({ host: hostname(), pid: 2 ** 22 + 1 })]),
    );
    await expect.poll(() => session.closed).toBe(true);
    expect(session.status).toBe("failed");
    expect(session.error).toContain("killed");
  });

  it("calls a run failed whose trainer died before its first event", async () => {
    const folder = record("early", []);
    writeFileSync(join(folder, "trainer.pid"), String(2 ** 22 + 1));
    const session = new RunSession(folder);
    await expect.poll(() => session.closed).toBe(true);
    expect(session.status).toBe("failed");
  });

  it("still reads what a trainer wrote before it exited", async () => {
    const folder = record("last", [runEvent(alive)]);
    const session = new RunSession(folder);
    record("last", [stepEvent({ step: 1 }), endEvent()]);
    session.processExited("gone");
    await expect.poll(() => session.closed).toBe(true);
    expect(session.status).toBe("completed");
    expect(session.error).toBeNull();
  });

  it("says why a run of a newer version cannot be read", async () => {
    const session = new RunSession(record("new", [runEvent({ version: "9.0" })]));
    await expect.poll(() => session.closed).toBe(true);
    expect(session.error).toContain("update the extension");
  });
});

describe("store", () => {
  it("finds runs that others start, newest first, and forgets deleted ones", async () => {
    const store = new RunStore(() => [root]);
    expect(store.sessions).toEqual([]);
    record("20260101-000000-old", [runEvent(alive)]);
    const newer = record("20260102-000000-new", [runEvent(alive)]);
    await expect
      .poll(() => store.sessions.map(({ id }) => id), { timeout: 5000 })
      .toEqual(["20260102-000000-new", "20260101-000000-old"]);
    rmSync(newer, { recursive: true });
    store.refresh();
    expect(store.get("20260102-000000-new")).toBeUndefined();
    store.dispose();
  });
});

describe("launching", () => {
  const request = () => ({
    file: "x.train.json",
    folder: join(root, "run"),
    trainer: join(root, "t.cjs"),
  });

  it("says what to do when there is no Node.js", async () => {
    await expect(launchTrainer({ ...request(), node: "no-such-node" })).rejects.toThrow(
      /Node\.js was not found as "no-such-node": install/,
    );
  });

  it("gives the last line that the trainer printed as the reason of its end", async () => {
    writeFileSync(request().trainer, 'console.error("first\\nthe disk is full"); process.exit(3)');
    const launched = await launchTrainer({ ...request(), node: process.execPath });
    expect(exitReason(request().folder, await launched.exited)).toBe("the disk is full");
  });

  it("names the signal when it printed nothing", async () => {
    writeFileSync(request().trainer, "setInterval(() => {}, 1000)");
    const launched = await launchTrainer({ ...request(), node: process.execPath });
    process.kill(launched.pid, "SIGKILL");
    expect(exitReason(request().folder, await launched.exited)).toContain("SIGKILL");
  });
});
