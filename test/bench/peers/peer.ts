/** A process that is timed, seen from outside: kernels are global, so what is compared must not share one. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Memory } from "./serve.ts";
import type { Setting } from "./setting.ts";

/** Bundled beside the benchmark by `tools/peers.mjs`. */
const BUNDLES = join(import.meta.dirname, "peers");
/** Characters of what it complained about. */
const COMPLAINT = 2000;

export class Peer {
  #device = "";
  #complaint = "";
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string>;

  private constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    this.#answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    // Native libraries talk there; it counts only if the process dies.
    child.stderr.on("data", (text) => {
      this.#complaint = (this.#complaint + text).slice(-COMPLAINT);
    });
  }

  /** @param name of a bundle @throws {Error} why it does not start, as a clause */
  static node(name: string, setting: Setting): Promise<Peer> {
    return Peer.start(process.execPath, ["--expose-gc", join(BUNDLES, `${name}.cjs`)], setting);
  }

  /** @throws {Error} why it does not start, as a clause */
  static async start(command: string, args: string[], setting: object): Promise<Peer> {
    const peer = new Peer(spawn(command, [...args, JSON.stringify(setting)]));
    const { device, error } = await peer.#next<{ device?: string; error?: string }>();
    if (device === undefined) throw new Error(error);
    peer.#device = device;
    return peer;
  }

  get device(): string {
    return this.#device;
  }

  /** @returns milliseconds of one epoch */
  async epoch(): Promise<number> {
    this.#child.stdin.write("epoch\n");
    return (await this.#next<{ milliseconds: number }>()).milliseconds;
  }

  memory(): Promise<Memory> {
    this.#child.stdin.write("memory\n");
    return this.#next<Memory>();
  }

  /** Lets it end. */
  stop(): void {
    this.#child.stdin.end();
  }

  async #next<Answer>(): Promise<Answer> {
    const { value, done } = await this.#answers.next();
    if (done) throw new Error(`the process ended: ${this.#complaint}`);
    return JSON.parse(value);
  }
}
