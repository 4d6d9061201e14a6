import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { runCommand } from "../../../../runs/setup/command.ts";

const scratch = mkdtempSync(join(tmpdir(), "vitals-command-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const node = (code: string, seconds = 20, onLine = (_: string) => {}) =>
  runCommand(process.execPath, ["-e", code], { seconds, onLine });

it("gives back its output, and its lines are heard while it runs", async () => {
  const lines: string[] = [];
  const output = await node("console.log('a'); console.error('b'); console.log('c')", 20, (line) =>
    lines.push(line),
  );
  expect(output).toBe("a\nc");
  expect(lines.sort()).toEqual(["a", "b", "c"]);
});

it("is ended with what it started when it takes too long", async () => {
  const file = join(scratch, "pid");
  const code = `const { pid } = require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" });
    require("node:fs").writeFileSync(${JSON.stringify(file)}, String(pid)); setInterval(() => {}, 1000);`;
  await expect(node(code, 2)).rejects.toThrow(/^node did not end within 2 seconds\.$/);
  // Its pipes are closed, so the child that held them is gone, or about to be buried.
  const status = () => readFileSync(`/proc/${readFileSync(file, "utf8")}/status`, "utf8");
  expect(() => {
    if (/^State:\s+Z/m.test(status())) throw new Error("buried soon");
  }).toThrow();
});

it("says that it is not there", async () => {
  const command = runCommand("no-such-program", [], { seconds: 5 });
  await expect(command).rejects.toThrow(/^no-such-program was not found\.$/);
});

it.each([
  ["the only line", "boom", "node failed: boom."],
  ["a bare failure", "", "node failed."],
  [
    "npm",
    "npm error code ENOTFOUND\nnpm error network failed, reason: no server.\nnpm error later",
    "node failed: network failed, reason: no server.",
  ],
  [
    "node-gyp",
    "gyp ERR! build error \ngyp ERR! stack Error: not found: make\ngyp ERR! cwd /x",
    "node failed: Error: not found: make.",
  ],
  [
    "a compiler",
    "x.cc:3: fatal error: no header\ngyp ERR! build error",
    "node failed: x.cc:3: fatal error: no header.",
  ],
])("names the cause of a failure: %s", async (_, printed, message) => {
  const code = `process.exitCode = 1; process.stderr.write(${JSON.stringify(printed)})`;
  await expect(node(code)).rejects.toThrow(new Error(message));
});
