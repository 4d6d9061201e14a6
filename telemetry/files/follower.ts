/** Reads a run folder's events as they are appended. It polls: file watchers fail on remote and network file systems. */
import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { StringDecoder } from "node:string_decoder";
import { decode } from "../codec.ts";
import type { RunEvent, TelemetryEvent } from "../events.ts";
import { EVENTS_FILE, PID_FILE } from "./folder.ts";

const POLL_MS = 100;
/** Bytes read at a time; between two of them other work of the host gets its turn. */
const CHUNK = 1 << 20;

export interface FollowListener {
  /** Events in order, each exactly once. */
  onEvents(events: TelemetryEvent[]): void;
  /** All there will be was read: after `end`, or after the trainer died without one. */
  onClosed(): void;
  /** The file cannot be understood at all, e.g. a newer version; one sentence. */
  onError(error: Error): void;
}

/** A cursor over the event file: cuts at newlines, keeps a half line, counts damaged lines. */
export class EventReader {
  readonly #file: string;
  #fd: number | undefined;
  #offset = 0;
  #half = "";
  readonly #utf8 = new StringDecoder("utf8");
  /** Lines that were no event. */
  damaged = 0;
  run: RunEvent | undefined;
  ended = false;

  constructor(folder: string) {
    this.#file = join(folder, EVENTS_FILE);
  }

  /** Whether the file holds bytes that were not read yet. */
  get moreToRead(): boolean {
    return this.#fd !== undefined && fstatSync(this.#fd).size > this.#offset;
  }

  /** The next whole lines, at most about a megabyte of them; empty when there is nothing new. */
  read(): TelemetryEvent[] {
    if (this.#fd === undefined) {
      try {
        this.#fd = openSync(this.#file, "r");
      } catch {
        return []; // not there yet
      }
    }
    const available = fstatSync(this.#fd).size - this.#offset;
    if (available <= 0) return [];
    const buffer = Buffer.allocUnsafe(Math.min(available, CHUNK));
    const count = readSync(this.#fd, buffer, 0, buffer.length, this.#offset);
    this.#offset += count;
    const lines = (this.#half + this.#utf8.write(buffer.subarray(0, count))).split("\n");
    this.#half = lines.pop() ?? "";
    const events: TelemetryEvent[] = [];
    for (const line of lines) {
      if (line === "") continue;
      const decoded = decode(line);
      if ("event" in decoded) {
        events.push(decoded.event);
        if (decoded.event.kind === "run") this.run = decoded.event;
        if (decoded.event.kind === "end") this.ended = true;
      } else if ("damaged" in decoded) this.damaged++;
    }
    return events;
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }
}

/**
 * Hands over everything recorded so far, event by event: a long run is never in memory at once.
 * @returns the number of damaged lines
 */
export function replayRun(folder: string, take: (event: TelemetryEvent) => void): number {
  const reader = new EventReader(folder);
  try {
    do {
      for (const event of reader.read()) take(event);
    } while (reader.moreToRead);
  } finally {
    reader.close();
  }
  return reader.damaged;
}

export interface Following {
  /** Stops reading; the training goes on. */
  stop(): void;
  /** Nothing more will be written: what is there is read, then the run is closed. */
  writerGone(): void;
}

/**
 * Follows a run until it ends. A trainer is dead when its process is gone from this machine and all it wrote
 * was read.
 */
export function followRun(folder: string, listener: FollowListener): Following {
  const reader = new EventReader(folder);
  let timer: NodeJS.Timeout;
  let stopped = false;
  let gone = false;
  const stop = () => {
    stopped = true;
    clearTimeout(timer);
    reader.close();
  };
  const turn = () => {
    if (stopped) return;
    // Asked before reading: what a process wrote before it died is then certainly read.
    const dead = gone || isWriterGone(folder, reader.run);
    let events: TelemetryEvent[];
    try {
      events = reader.read();
    } catch (error) {
      stop();
      listener.onError(error as Error);
      return;
    }
    if (events.length > 0) listener.onEvents(events);
    if (stopped) return;
    if (reader.ended || (dead && !reader.moreToRead)) {
      stop();
      listener.onClosed();
      return;
    }
    timer = setTimeout(turn, reader.moreToRead ? 0 : POLL_MS);
  };
  timer = setTimeout(turn, 0);
  return {
    stop,
    writerGone: () => {
      gone = true;
    },
  };
}

/** Whether the process that writes the run still exists; a run of another machine cannot be asked. */
export function isAlive(run: RunEvent): boolean {
  return run.host === hostname() && processExists(run.pid);
}

/** A trainer can die before its first event: then only the file with its number tells. */
function isWriterGone(folder: string, run: RunEvent | undefined): boolean {
  if (run) return !isAlive(run);
  try {
    return !processExists(Number(readFileSync(join(folder, PID_FILE), "utf8")));
  } catch {
    return false; // nobody said who writes it
  }
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
