/** `results.md`: all tables with what they were measured on. */
import { readFileSync } from "node:fs";
import { EVENT_VERSION } from "../../telemetry/events.ts";

/** @param kept recordings that an older probe made */
export function writeResults(
  sections: readonly (readonly [string, string])[],
  seeds: string,
  kept: number,
): string {
  const version = (file: string) => JSON.parse(readFileSync(file, "utf8")).version as string;
  const about = [
    `Written by \`npm run zoo\` on ${new Date().toISOString().slice(0, 10)}`,
    `seeds ${seeds.replaceAll(",", ", ")}`,
    `Training Vitals ${version("package.json")}, events ${EVENT_VERSION}`,
    `TensorFlow.js ${version("node_modules/@tensorflow/tfjs/package.json")} on WebAssembly`,
    `Node.js ${process.versions.node}`,
    ...(kept > 0 ? [`${kept} runs recorded by an earlier build of the probe`] : []),
  ];
  const body = sections.map(([title, text]) => `## ${title}\n\n${text}\n`).join("\n");
  return `# What the diagnosis says of the zoo\n\n${about.join(" · ")}. How it is scored: \`cases/README.md\`.\n\n${body}`;
}
