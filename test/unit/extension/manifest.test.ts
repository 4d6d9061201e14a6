import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { COMMAND_IDS } from "../../../extension/commands/ids.ts";

interface Entry {
  command: string;
  when?: string;
}

const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const { commands, menus, views, viewsWelcome } = manifest.contributes;
const declared: string[] = commands.map(({ command }: Entry) => command);

test("the manifest declares the commands that the code registers, and no others", () => {
  expect([...declared].sort()).toEqual([...COMMAND_IDS].sort());
});

test("every command is in the category Vitals", () => {
  for (const command of commands) expect(command.category, command.command).toBe("Vitals");
});

test("the palette hides the commands that need a target, and only our own commands are in menus", () => {
  const hidden = menus.commandPalette.map(({ command }: Entry) => command);
  expect(hidden).toEqual(
    expect.arrayContaining(["vitals.reveal", "vitals.explain", "vitals.applyFix"]),
  );
  const listed = Object.values(menus as Record<string, Entry[]>).flat();
  for (const { command } of listed) expect(declared).toContain(command);
});

test("nothing starts a training in a workspace that is not trusted", () => {
  for (const id of ["vitals.train", "vitals.trainFile"]) {
    const command = commands.find((c: Entry) => c.command === id);
    expect(command.enablement).toContain("isWorkspaceTrusted");
  }
  const { untrustedWorkspaces } = manifest.capabilities;
  expect(untrustedWorkspaces.supported).toBe("limited");
  expect(untrustedWorkspaces.restrictedConfigurations).toEqual(["vitals.node"]);
});

test("the extension wakes only where there are recipes or runs", () => {
  for (const event of manifest.activationEvents) {
    expect(event).toMatch(/^(workspaceContains|onWebviewPanel):/);
  }
});

test("the welcome texts link only commands that exist", () => {
  const ids = viewsWelcome.flatMap(({ contents }: { contents: string }) =>
    [...contents.matchAll(/command:([\w.]+)/g)].map(([, id]) => id),
  );
  for (const id of ids.filter((id: string) => id.startsWith("vitals."))) {
    expect(declared).toContain(id);
  }
  for (const { view } of viewsWelcome) {
    expect(views.vitals.map(({ id }: { id: string }) => id)).toContain(view);
  }
});
