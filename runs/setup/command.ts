/** Runs a program to its end, or ends it with everything that it started. */
import { execFile, spawn } from "node:child_process";
import { basename } from "node:path";
import { createInterface } from "node:readline";

export interface CommandOptions {
  /** Time-out. */
  seconds: number;
  cwd?: string;
  /** On top of ours. */
  env?: NodeJS.ProcessEnv;
  /** Ends it at once, for the signal's reason. */
  signal?: AbortSignal;
  /** Hears every line of both streams. */
  onLine?: (line: string) => void;
}

/**
 * @returns what it printed on its standard output
 * @throws {Error} one sentence: it is not there, it failed, or it took too long; or the reason of the signal
 */
export function runCommand(
  program: string,
  args: string[],
  { seconds, cwd, env, signal, onLine }: CommandOptions,
): Promise<string> {
  const name = basename(program);
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
      // A process group of its own: npm's scripts start programs of theirs, which must end with it.
      detached: process.platform !== "win32",
    });
    const lines: string[] = [];
    const output: string[] = [];
    const hear = (into: string[] | undefined) => (line: string) => {
      into?.push(line);
      lines.push(line);
      onLine?.(line);
    };
    createInterface(child.stdout).on("line", hear(output));
    createInterface(child.stderr).on("line", hear(undefined));

    let reason: Error | undefined;
    const end = (why: Error) => {
      reason ??= why;
      if (child.pid !== undefined) killTree(child.pid);
    };
    const cancel = () => end(signal?.reason);
    const timer = setTimeout(
      () => end(new Error(`${name} did not end within ${seconds} seconds.`)),
      seconds * 1000,
    );
    if (signal?.aborted) cancel();
    signal?.addEventListener("abort", cancel);
    const settle = (settled: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", cancel);
      settled();
    };
    child.on("error", ({ message, ...error }: NodeJS.ErrnoException) =>
      settle(() =>
        reject(new Error(error.code === "ENOENT" ? `${program} was not found.` : `${message}.`)),
      ),
    );
    child.on("close", (code) =>
      settle(() => {
        if (reason) reject(reason);
        else if (code === 0) resolve(output.join("\n"));
        else reject(new Error(`${name} failed${because(lines)}.`));
      }),
    );
  });
}

/** The first line that names an error, without what npm and node-gyp put before theirs; or else the last line. */
function because(lines: string[]): string {
  const line = lines.find((text) => ERROR.test(text) && !NO_REASON.test(text)) ?? lines.at(-1);
  return line ? `: ${line.replace(PREFIX, "").replace(/\.$/, "")}` : "";
}

const ERROR = /error:|^npm (error|ERR!)|^gyp ERR!/i;
/** Lines that name an error, but not what it is. */
const NO_REASON =
  /^npm (error|ERR!) (code|errno|syscall|path|command)\b|^gyp ERR! (build|configure) error/;
const PREFIX = /^(npm (error|ERR!)|gyp ERR! stack)\s+/;

/** Ends a program and all that it started. @param pid of the leader of a process group */
export function killTree(pid: number): void {
  if (process.platform === "win32") execFile("taskkill", ["/pid", String(pid), "/T", "/F"]);
  else {
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // It ended by itself meanwhile.
    }
  }
}
