/** A process that is timed, seen from outside: kernels are global, so whatever is compared must not share one. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Memory } from "./serve.ts";
import type { Setting } from "./setting.ts";

/** Bundled beside the benchmark by `tools/bench.mjs`. */
const BUNDLES = join(import.meta.dirname, "peers");

export class Peer {
  readonly device: string;
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  private constructor(child: ChildProcess, answers: AsyncIterator<string>, device: string) {
    this.#child = child;
    this.#answers = answers;
    this.device = device;
  }

  /** @param name of a bundle @throws {Error} why it does not start, as a clause */
  static node(name: string, setting: Setting): Promise<Peer> {
    return Peer.start(process.execPath, ["--expose-gc", join(BUNDLES, `${name}.mjs`)], setting);
  }

  /** @throws {Error} why it does not start, as a clause */
  static async start(command: string, args: string[], setting: object): Promise<Peer> {
    const child = spawn(command, [...args, JSON.stringify(setting)], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const failed = new Promise<never>((_, reject) => child.once("error", reject));
    const answers = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
    const { device, error } = await Promise.race([next<Greeting>(answers), failed]);
    if (device === undefined) throw new Error(error);
    return new Peer(child, answers, device);
  }

  /** @returns milliseconds of one epoch */
  async epoch(): Promise<number> {
    return (await this.#ask<{ milliseconds: number }>("epoch")).milliseconds;
  }

  memory(): Promise<Memory> {
    return this.#ask<Memory>("memory");
  }

  /** Lets it end. */
  stop(): void {
    this.#child.stdin!.end();
  }

  #ask<Answer>(request: string): Promise<Answer> {
    this.#child.stdin!.write(`${request}\n`);
    return next<Answer>(this.#answers);
  }
}

interface Greeting {
  device?: string;
  error?: string;
}

async function next<Answer>(answers: AsyncIterator<string>): Promise<Answer> {
  const { value, done } = await answers.next();
  if (done) throw new Error("the process ended without a word");
  return JSON.parse(value);
}
