/** The lessons' figures beside ours, one JSON object a line: what `vitals lessons` reads. */
import { startWasm } from "../backends/wasm.ts";
import { lessonRows } from "./index.ts";

/** On WebAssembly, which is on every machine and lets values be read at any moment. */
async function main(): Promise<void> {
  const rows = await lessonRows(await startWasm());
  for (const row of rows) process.stdout.write(`${JSON.stringify(row)}\n`);
}

main();
