import { expect, it } from "vitest";
import { rehearse } from "../../../../trainer/backends/rehearse.ts";

it("gives back what the script printed, with the folder and the environment it was given", async () => {
  const script = "process.stdout.write(process.argv[1] + process.env.MARK); console.error('said')";
  const { stdout, stderr } = await rehearse(script, "/some/folder ", { MARK: "seen" });
  expect(stdout).toBe("/some/folder seen");
  expect(stderr).toBe("said\n");
});

it("outlives a script that hangs", async () => {
  await expect(rehearse("for (;;);", "/", {}, 1)).rejects.toThrow(
    /^it did not answer within 1 seconds$/,
  );
});

it("outlives a script that crashes", async () => {
  await expect(rehearse("process.abort()", "/", {})).rejects.toThrow(/^it crashed with SIGABRT$/);
});

it("says what was thrown, in one line and without its full stop", async () => {
  const script = "throw new TypeError('the first line.\\nthe second')";
  await expect(rehearse(script, "/", {})).rejects.toThrow(/^the first line$/);
});
