import { mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

/** A window that asks nothing, shows nothing but the folder, and reaches for no network. */
const QUIET_SETTINGS = {
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "workbench.enableExperiments": false,
  "workbench.tips.enabled": false,
  "chat.disableAIFeatures": true,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "files.autoSave": "off",
  "files.hotExit": "off",
};

/**
 * Lays out all that a workbench writes under one folder: its settings, state, extensions and log.
 * @param {string} root
 * @param {Record<string, unknown>} [settings] over the quiet ones
 */
export function prepareHome(root, settings) {
  const userData = path.join(root, "user-data");
  for (const name of ["home", "config", "data", "tmp", "extensions", "user-data/User"]) {
    mkdirSync(path.join(root, name), { recursive: true });
  }
  const merged = JSON.stringify({ ...QUIET_SETTINGS, ...settings }, null, 2);
  writeFileSync(path.join(userData, "User", "settings.json"), merged);
  const config = path.join(root, "config.yaml");
  writeFileSync(config, "auth: none\n");
  const extensions = path.join(root, "extensions");
  return { userData, config, extensions, logFile: path.join(root, "server.log") };
}

/**
 * The environment of a workbench whose home is `root`.
 *
 * The PATH stays, because the extension starts the user's own Node and Python; what belongs to an
 * editor or an npm script around us goes, because it would change what the server does.
 * @param {string} root
 */
export function serverEnvironment(root) {
  const foreign =
    /^(VSCODE_|npm_|CODE_SERVER_|ELECTRON_|VITEST)|^(NODE_ENV|NODE_OPTIONS|PASSWORD|PORT)$/i;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return {
    ...Object.fromEntries(kept),
    HOME: path.join(root, "home"),
    // What the user has installed for Python alone is found from the home folder.
    PYTHONUSERBASE: process.env["PYTHONUSERBASE"] ?? path.join(homedir(), ".local"),
    XDG_CONFIG_HOME: path.join(root, "config"),
    XDG_DATA_HOME: path.join(root, "data"),
    TMPDIR: path.join(root, "tmp"),
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
  };
}
