import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";

const FOLDER = "trainer/backends/kernels/simd";

it("ships what the AssemblyScript compiles to", () => {
  const folder = mkdtempSync(join(tmpdir(), "vitals-simd-"));
  const compiled = join(folder, "module.ts");
  execFileSync(process.execPath, [join(FOLDER, "compile.mjs"), compiled], { stdio: "pipe" });
  expect(readFileSync(compiled, "utf8")).toBe(readFileSync(join(FOLDER, "module.ts"), "utf8"));
  rmSync(folder, { recursive: true });
});
