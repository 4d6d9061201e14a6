import { defineConfig } from "vitest/config";

/** One project a layer of tests; `tools/test.mjs` runs them one after another. */
const layer = (name: string, timeoutSeconds: number, parallel: boolean) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: timeoutSeconds * 1000,
    hookTimeout: timeoutSeconds * 1000,
    fileParallelism: parallel,
  },
});

export default defineConfig({
  test: {
    projects: [
      layer("unit", 20, true),
      layer("trainer", 120, false),
      layer("zoo", 240, false),
      layer("page", 60, false),
      layer("workbench", 300, false),
    ],
  },
});
