import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { SYMPTOMS } from "../../../diagnosis/finding.ts";
import { loadCases, ZOO } from "../cases.ts";

interface Measured {
  healthyTwin?: string | null;
  measured?: { seeds: number; harmfulSeeds?: number };
}

const own = loadCases(true);
const zoo = loadCases();
const faulty = own.filter(({ set }) => set === "faulty");
const healthy = own.filter(({ set }) => set === "healthy");
const written = new Map(
  ["faults.json", "healthy.json"]
    .flatMap((file) => JSON.parse(readFileSync(join(ZOO, "own", file), "utf8")))
    .map((zooCase: Measured & { id: string }) => [zooCase.id, zooCase]),
);

test("at least 40 faults in 30 families and 30 healthy programs, none of them of the zoo", () => {
  expect(faulty.length).toBeGreaterThanOrEqual(40);
  expect(new Set(faulty.map(({ family }) => family)).size).toBeGreaterThanOrEqual(30);
  expect(healthy.length).toBeGreaterThanOrEqual(30);
  expect(new Set(own.map(({ id }) => id)).size).toBe(own.length);
  const families = new Set(zoo.map(({ family }) => family));
  expect(own.filter(({ family }) => families.has(family))).toEqual([]);
  const program = ({ dataset, layers, train }: object & Record<string, unknown>) =>
    JSON.stringify([dataset, layers, train]);
  const programs = new Set(zoo.filter(({ dataset }) => dataset).map((one) => program({ ...one })));
  expect(own.filter((one) => programs.has(program({ ...one })))).toEqual([]);
});

test("every fault can be detected by ids that exist, its cause among them, and has its twin", () => {
  const ids: readonly string[] = SYMPTOMS;
  for (const { id, must, cause } of faulty) {
    expect(must.length, id).toBeGreaterThan(0);
    for (const symptom of must) expect(ids, id).toContain(symptom);
    if (cause) expect(must, id).toContain(cause);
    const twin = written.get(id)?.healthyTwin;
    if (twin) expect(written.has(twin), `${id}: ${twin}`).toBe(true);
  }
});

test("a fault does harm on most seeds, a healthy program trains well on all", () => {
  const harmful = faulty.filter(({ id }) => id !== "O-tabular-memorised");
  for (const { id } of harmful) {
    const { seeds = 0, harmfulSeeds = 0 } = written.get(id)?.measured ?? {};
    expect(seeds, id).toBeGreaterThanOrEqual(3);
    expect(harmfulSeeds, id).toBeGreaterThanOrEqual(2);
  }
  for (const { id } of healthy)
    expect(written.get(id)?.measured?.seeds, id).toBeGreaterThanOrEqual(3);
});
