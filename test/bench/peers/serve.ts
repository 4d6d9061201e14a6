/** The side of the process that is timed: for each line of standard input, a line of JSON. */
import { createInterface } from "node:readline";
import type { Setting } from "./setting.ts";

/** What a process holds at this moment. */
export interface Memory {
  tensors: number;
  /** Of the WebAssembly backend's heap; 0 elsewhere. */
  heapBytes: number;
  /** Of the process, as the operating system counts. */
  residentBytes: number;
}

export const setting: Setting = JSON.parse(process.argv[2]!);
const requests = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

/** Says which device computes, or why none does. @param start gives the device in words */
export async function greet(start: () => Promise<string>): Promise<void> {
  try {
    say({ device: await start() });
  } catch (error) {
    say({ error: (error as Error).message.split("\n")[0] });
    process.exit(1);
  }
}

/** Waits until an epoch is asked for, and tells of the memory meanwhile; ends the process after the last question. */
export async function nextEpoch(memory?: () => Memory): Promise<void> {
  for (;;) {
    const { value, done } = await requests.next();
    if (done) process.exit(0);
    if (value === "epoch") return;
    say(memory!());
  }
}

export function say(answer: object): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
