import { spawn } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { encode } from "../../../telemetry/codec.ts";
import type { TelemetryEvent } from "../../../telemetry/events.ts";
import { createRunFolder, prepareRunFolder } from "../../../telemetry/files/folder.ts";
import { EventReader, followRun } from "../../../telemetry/files/follower.ts";
import { EventWriter } from "../../../telemetry/files/writer.ts";
import { endEvent, runEvent, stepEvent } from "../../helpers/events.ts";
import { readRun } from "../../helpers/readRun.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vitals-follower-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = () => join(folder, "events.ndjson");
const end = endEvent();

describe("event reader", () => {
  it("gives the same events wherever the file is cut, inside a letter of several bytes too", () => {
    const events = [runEvent({ name: "größe ✓" }), stepEvent({ step: 1 }), end];
    const bytes = Buffer.from(events.map((event) => `${encode(event)}\n`).join(""));
    for (let cut = 0; cut <= bytes.length; cut += 7) {
      writeFileSync(file(), bytes.subarray(0, cut));
      const reader = new EventReader(folder);
      const seen = reader.read();
      appendFileSync(file(), bytes.subarray(cut));
      seen.push(...reader.read());
      reader.close();
      expect(seen).toEqual(events);
      expect(reader.damaged).toBe(0);
    }
  });

  it("skips and counts damaged lines", () => {
    writeFileSync(file(), `${encode(runEvent())}\ngarbage\n{"kind":"step"}\n${encode(end)}\n`);
    const { events, damaged } = readRun(folder);
    expect(events.map(({ kind }) => kind)).toEqual(["run", "end"]);
    expect(damaged).toBe(2);
  });

  it("leaves out a half line at the end, as a killed trainer leaves one", () => {
    writeFileSync(file(), `${encode(runEvent())}\n${encode(stepEvent({ step: 1 })).slice(0, 40)}`);
    expect(readRun(folder).events).toHaveLength(1);
  });
});

describe("following", () => {
  const follow = () => {
    const seen: TelemetryEvent[] = [];
    let closed: () => void = () => {};
    const whenClosed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const following = followRun(folder, {
      onEvents: (events) => seen.push(...events),
      onClosed: () => closed(),
      onError: (error) => {
        throw error;
      },
    });
    return { seen, whenClosed, following };
  };

  it("hears events as they are written, begins before the file exists, closes at the end", async () => {
    const { seen, whenClosed } = follow();
    const writer = new EventWriter(folder);
    writer.write(runEvent({ host: hostname() }));
    for (let step = 1; step <= 500; step++) writer.write(stepEvent({ step }));
    await new Promise((resolve) => setTimeout(resolve, 250));
    writer.write(end);
    writer.close();
    await whenClosed;
    expect(seen.filter(({ kind }) => kind === "step").map((e) => "step" in e && e.step)).toEqual(
      Array.from({ length: 500 }, (_, i) => i + 1),
    );
  });

  it("closes when the trainer is dead, after all it wrote was read", async () => {
    const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"]);
    const died = new Promise((resolve) => child.on("exit", resolve));
    const { seen, whenClosed } = follow();
    const lines = [
      runEvent({ host: hostname(), pid: child.pid as number }),
      stepEvent({ step: 1 }),
    ];
    writeFileSync(file(), lines.map((event) => `${encode(event)}\n`).join(""));
    await expect.poll(() => seen.length).toBe(2);
    appendFileSync(file(), `${encode(stepEvent({ step: 2 }))}\n`);
    child.kill("SIGKILL");
    await died;
    await whenClosed;
    expect(seen).toHaveLength(3);
  });

  it("waits for a slow trainer that is alive", async () => {
    const { seen, whenClosed, following } = follow();
    writeFileSync(file(), `${encode(runEvent({ host: hostname(), pid: process.pid }))}\n`);
    await expect.poll(() => seen.length).toBe(1);
    const closed = await Promise.race([
      whenClosed.then(() => true),
      new Promise((resolve) => setTimeout(() => resolve(false), 500)),
    ]);
    expect(closed).toBe(false);
    following.stop();
  });
});

describe("run folder", () => {
  it("makes a new folder for each run, even in the same second, and keeps it out of git", () => {
    const now = new Date("2026-11-20T12:34:56Z");
    const first = createRunFolder(folder, "/x/net.train.json", now);
    const second = createRunFolder(folder, "/x/net.train.json", now);
    expect(first).toBe(join(folder, ".vitals", "runs", "20261120-123456-net"));
    expect(second).toBe(`${first}-2`);
  });

  it("says in one sentence why it cannot be made", () => {
    writeFileSync(join(folder, "plain"), "");
    expect(() => prepareRunFolder(join(folder, "plain", "run"))).toThrow(
      /Cannot create the run folder .*: a part of the path is a file/,
    );
  });

  it("refuses a folder that holds a run", () => {
    const used = join(folder, "used");
    mkdirSync(used);
    new EventWriter(used).close();
    expect(() => prepareRunFolder(used)).toThrow(/already holds a run/);
  });

  it("says so when the disk is full", () => {
    const full = join(folder, "full");
    mkdirSync(full);
    symlinkSync("/dev/full", join(full, "events.ndjson"));
    const writer = new EventWriter(full);
    expect(() => writer.write(end)).toThrow(/the disk is full/);
  });
});
