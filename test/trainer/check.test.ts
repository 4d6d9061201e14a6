import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Finding, Summary } from "../../diagnosis/finding.ts";
import { scalarRecord } from "../helpers/tfevents.ts";
import { vitals } from "../helpers/vitals.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vitals-check-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const parsed = (stdout: string) => {
  const lines = stdout.trim().split("\n");
  const all = lines.map((line) => JSON.parse(line) as Finding | Summary);
  return { findings: all.slice(0, -1) as Finding[], summary: all.at(-1) as Summary };
};

/** Learned by heart from epoch 8 on: training goes to 0, validation turns up. */
const overfitted = Array.from({ length: 40 }, (_, epoch) => {
  const left = Math.exp(-epoch / 5);
  const validation = 1 + 1.3 * Math.exp(-epoch / 3) + 0.05 * Math.abs(epoch - 8);
  return `${epoch},${1 - 0.9 * left},${2.3 * left},${0.6 - 0.5 * left},${validation}`;
});
const HEADER = "epoch,accuracy,loss,val_accuracy,val_loss";

describe("checking the runs of other tools", () => {
  it("finds what their figures show, and says what they do not tell", async () => {
    writeFileSync(join(folder, "keras.csv"), `${[HEADER, ...overfitted].join("\n")}\n`);
    const { code, stdout, stderr } = await vitals(["check", "keras.csv", "--json"], folder);
    const { findings, summary } = parsed(stdout);
    expect(code).toBe(1);
    expect(stderr).toBe("");
    expect(findings.map(({ symptom }) => symptom)).toContain("overfitting-gap");
    expect(summary).toMatchObject({ status: "recorded", run: join(folder, "keras.csv") });
    expect(summary.checked).toContain("overfitting-gap");
    const missing = summary.unchecked.find(({ symptom }) => symptom === "dead-relu")?.missing;
    expect(missing).toEqual(["epoch.silent"]);

    const text = await vitals(["check", "keras.csv"], folder);
    expect(text.stdout).toMatch(/^Checked for .*overfitting-gap/m);
    expect(text.stdout).toMatch(/^Not recorded, so not checked: .*dead-relu/m);
  });

  it("is silent on a healthy run that logs nothing but its losses", async () => {
    const rows = Array.from({ length: 30 }, (_, epoch) => {
      const loss = (at: number) => 2.3 * Math.exp(-at / 12) + 0.05;
      const steps = [49, 99, 149].map(
        (s) => `${epoch},${epoch * 150 + s},${loss(epoch + s / 150)},`,
      );
      return [...steps, `${epoch},${epoch * 150 + 149},,${loss(epoch + 1) + 0.02}`].join("\n");
    });
    writeFileSync(
      join(folder, "metrics.csv"),
      `epoch,step,train_loss,val_loss\n${rows.join("\n")}\n`,
    );
    const { code, stdout } = await vitals(["check", "metrics.csv", "--json"], folder);
    const { findings, summary } = parsed(stdout);
    expect(findings.filter(({ severity }) => severity !== "info")).toEqual([]);
    expect(code).toBe(0);
    expect(summary.unchecked.map(({ symptom }) => symptom)).toContain("exploding-gradients");
  });

  it("counts on stderr what it had to skip", async () => {
    const records = [1, 2, 3].map((step) => scalarRecord("train/loss", 1 / step, step));
    const [, second] = records;
    if (second) second[20] = (second[20] ?? 0) ^ 1;
    writeFileSync(join(folder, "events.out.tfevents.1700000000.host.1.0"), Buffer.concat(records));
    const { stdout, stderr } = await vitals(
      ["check", "events.out.tfevents.1700000000.host.1.0"],
      folder,
    );
    expect(stderr).toMatch(/: 1 damaged record was skipped\.\n$/);
    expect(stdout).toContain("recorded after 3 steps");
  });
});
