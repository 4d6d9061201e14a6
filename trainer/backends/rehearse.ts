/** Tries native code in a process of its own, before it is let into ours. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const TIME_OUT_SECONDS = 20;

/**
 * Code that is built for another machine may abort or hang, and would take the training with it.
 * @param script JavaScript, CommonJS
 * @param folder of the package, absolute: the script's `process.argv[1]`
 * @param seconds time-out
 * @returns what it printed
 * @throws {Error} why it failed, as a clause
 */
export async function rehearse(
  script: string,
  folder: string,
  env: Record<string, string>,
  seconds: number = TIME_OUT_SECONDS,
): Promise<{ stdout: string; stderr: string }> {
  return promisify(execFile)(process.execPath, ["-e", script, folder], {
    timeout: seconds * 1000,
    killSignal: "SIGKILL",
    windowsHide: true,
    env: { ...process.env, ...env },
  }).catch((error: Failure) => {
    throw new Error(whyNot(error, seconds));
  });
}

interface Failure extends Error {
  killed: boolean;
  signal: NodeJS.Signals | null;
  stderr: string;
}

function whyNot({ killed, signal, stderr, message }: Failure, seconds: number): string {
  if (killed) return `it did not answer within ${seconds} seconds`;
  if (signal) return `it crashed with ${signal}`;
  const thrown = /^(?:\w*Error|Uncaught): (.*)$/m.exec(stderr)?.[1] ?? message.split("\n")[0]!;
  return thrown.trim().replace(/\.$/, "");
}
