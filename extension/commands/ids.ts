/** Every command of the extension, with what it takes; the manifest is tested against this list. */
import type { Uri } from "vscode";
import type { Symptom } from "../../diagnosis/finding.ts";

/** A run named by its id: a line of the tree is one. */
export interface RunTarget {
  run: string;
}

export interface FindingTarget extends RunTarget {
  symptom: Symptom;
}

export interface RemedyTarget extends FindingTarget {
  remedy: string;
}

export interface CommandArguments {
  "vitals.train": [];
  "vitals.trainFile": [file?: Uri];
  "vitals.trainAndTest": [file?: Uri];
  "vitals.crossValidate": [file?: Uri];
  "vitals.preflight": [file?: Uri];
  "vitals.findLearningRate": [file?: Uri];
  "vitals.continueRun": [target?: RunTarget];
  "vitals.stop": [target?: RunTarget];
  "vitals.pauseOrResume": [target?: RunTarget];
  "vitals.pause": [target?: RunTarget];
  "vitals.resume": [target?: RunTarget];
  "vitals.openDashboard": [target?: RunTarget];
  "vitals.openOutput": [target?: RunTarget];
  "vitals.reveal": [target: FindingTarget];
  "vitals.setUpGpu": [];
  "vitals.explain": [target: Pick<FindingTarget, "symptom">];
  "vitals.applyFix": [target: RemedyTarget];
}

export type CommandId = keyof CommandArguments;

/** A handler for each command: one that is missing does not compile. */
export type CommandHandlers = {
  [Id in CommandId]: (...args: CommandArguments[Id]) => unknown;
};

const IDS: Record<CommandId, true> = {
  "vitals.train": true,
  "vitals.trainFile": true,
  "vitals.trainAndTest": true,
  "vitals.crossValidate": true,
  "vitals.preflight": true,
  "vitals.findLearningRate": true,
  "vitals.continueRun": true,
  "vitals.stop": true,
  "vitals.pauseOrResume": true,
  "vitals.pause": true,
  "vitals.resume": true,
  "vitals.openDashboard": true,
  "vitals.openOutput": true,
  "vitals.reveal": true,
  "vitals.setUpGpu": true,
  "vitals.explain": true,
  "vitals.applyFix": true,
};

/** The list for those who need it at run time. */
export const COMMAND_IDS = Object.keys(IDS) as CommandId[];
