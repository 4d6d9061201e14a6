import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Ends a whole process group and waits until it is gone: SIGTERM first, SIGKILL for what is left
 * after the grace time. The group is that of a child that was spawned detached, so that nothing
 * the child started in turn outlives it.
 * @param {number} group process id of the group's leader
 * @param {number} [graceMs]
 */
export async function endGroup(group, graceMs = 3000) {
  signalGroup(group, "SIGTERM");
  if (await gone(group, graceMs)) return;
  signalGroup(group, "SIGKILL");
  await gone(group, 5000);
}

/**
 * Sends a signal to a process group; a group that has ended already is no error.
 * @param {number} group
 * @param {NodeJS.Signals} signal
 */
export function signalGroup(group, signal) {
  try {
    process.kill(process.platform === "win32" ? group : -group, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ESRCH") throw error;
  }
}

/**
 * @param {number} group
 * @param {number} ms
 */
async function gone(group, ms) {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(50)) {
    if (!groupLives(group)) return true;
  }
  return false;
}

/**
 * On Linux the process table is read, because a container without a reaper keeps zombies, which a
 * signal still reaches.
 * @param {number} group
 */
function groupLives(group) {
  if (process.platform === "linux") {
    return readdirSync("/proc").some((name) => /^\d+$/.test(name) && livesIn(name, group));
  }
  try {
    process.kill(process.platform === "win32" ? group : -group, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} pid
 * @param {number} group
 */
function livesIn(pid, group) {
  try {
    // The fields after the command's closing bracket: state, parent, process group.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, , itsGroup] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return Number(itsGroup) === group && state !== "Z" && state !== "X";
  } catch {
    return false;
  }
}
