/**
 * `npm run generate`: writes what the detectors declare (thresholds, remedies, lessons) into the symptoms' pages under
 * `docs/` and into the settings of `package.json`. Prose is left alone; so are the words beside a remedy.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";

const SOURCES = `
export { DETECTORS } from "./diagnosis/detectors/index.ts";
export { OPTIONS_SCHEMA } from "./runs/options/schema.ts";
`;
const { outputFiles } = await esbuild.build({
  stdin: { contents: SOURCES, resolveDir: "." },
  bundle: true,
  platform: "node",
  format: "esm",
  write: false,
  logLevel: "warning",
});
const code = Buffer.from(outputFiles[0].contents).toString("base64");
const { DETECTORS, OPTIONS_SCHEMA } = await import(`data:text/javascript;base64,${code}`);

for (const detector of DETECTORS) writePage(detector);
writeSettings();

function writePage(detector) {
  const file = join("docs", "symptoms", `${detector.symptom}.md`);
  if (!existsSync(file)) {
    console.error(`${file} is missing.`);
    process.exitCode = 1;
    return;
  }
  const before = readFileSync(file, "utf8");
  let page = fill(before, "measured", measured(detector));
  page = fill(page, "remedies", remedies(detector, before));
  page = fill(page, "lesson", `${detector.lesson}.`);
  if (page !== before) writeFileSync(file, page);
}

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->`. */
function fill(page, name, text) {
  const place = new RegExp(`<!-- ${name} -->[\\s\\S]*<!-- /${name} -->`);
  if (!place.test(page))
    throw new Error(`A page has no place for "${name}":\n${page.slice(0, 80)}`);
  return page.replace(place, () => `<!-- ${name} -->\n${text}\n<!-- /${name} -->`);
}

function measured({ symptom, starts, needs, wants = [], thresholds }) {
  const better = wants.length > 0 ? `; with ${figures(wants)} it judges better` : "";
  const first = `It can speak ${starts}. It needs ${figures(needs)}${better}.`;
  const rows = Object.entries(thresholds).map(
    ([name, { value, what, source }]) =>
      `| \`${name}\` | ${value} | ${cell(what)} | ${cell(source)} |`,
  );
  if (rows.length === 0) return first;
  const heading = ["| threshold | usually | what it limits | source |", "|---|---|---|---|"];
  const moved = `They are moved under \`"${symptom}"\` in [\`.vitals.json\`](../thresholds.md).`;
  return [first, "", ...heading, ...rows, "", moved].join("\n");
}

/** In the detector's order; a remedy that is new here takes its words from its own page. */
function remedies({ remedies }, page) {
  if (remedies.length === 0) return "None of them is an edit of a setting: see above.";
  const rows = remedies.map(({ id }) => {
    const own = readFileSync(join("docs", "remedies", `${id}.md`), "utf8");
    const title = /^# `[\w-]+`: (.+)$/m.exec(own)?.[1];
    const helps = /^\*\*Helps when\*\* ([\s\S]+?)\.\n\n/m.exec(own)?.[1].replaceAll("\n", " ");
    const known = new RegExp(
      `^\\| \\[[^\\]]+\\]\\(\\.\\./remedies/${id}\\.md\\) \\| (.+) \\|$`,
      "m",
    );
    return `| [${capital(title)}](../remedies/${id}.md) | ${known.exec(page)?.[1] ?? cell(helps)} |`;
  });
  return ["| remedy | when |", "|---|---|", ...rows].join("\n");
}

function figures(needs) {
  return needs
    .map((need) =>
      need
        .split(" | ")
        .map((path) => `\`${path}\``)
        .join(" or "),
    )
    .join(", ");
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function cell(text) {
  return text.replaceAll("|", "\\|");
}

function writeSettings() {
  const manifest = JSON.parse(readFileSync("package.json", "utf8"));
  const settings = manifest.contributes.configuration.properties;
  const { silence, thresholds } = OPTIONS_SCHEMA.properties;
  settings["vitals.silence"] = { ...silence, default: [], scope: "resource", order: 10 };
  settings["vitals.thresholds"] = { ...thresholds, default: {}, scope: "resource", order: 11 };
  writeFileSync("package.json", `${JSON.stringify(manifest, null, 2)}\n`);
}
