/** The systems beside ours, one line each. */
import { autotrainer } from "./autotrainer.ts";
import { deepDiagnosis } from "./deepDiagnosis.ts";
import { killLossSpike, nanCheck } from "./lossOnly.ts";
import type { Peer } from "./peer.ts";
import { sagemaker, sagemakerWithoutOverfit } from "./sagemaker.ts";
import { theDeepChecker } from "./theDeepChecker.ts";
import { torchmortem } from "./torchmortem.ts";
import { trainproof, trainproofFailures } from "./trainproof.ts";
import { umlaut } from "./umlaut.ts";

export const PEERS: readonly Peer[] = [
  sagemaker,
  sagemakerWithoutOverfit,
  autotrainer,
  deepDiagnosis,
  umlaut,
  theDeepChecker,
  trainproof,
  trainproofFailures,
  torchmortem,
  killLossSpike,
  nanCheck,
];
