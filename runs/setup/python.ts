/** Finds a TensorFlow that is installed for Python: its library is newer than any that the npm packages offer. */
import { runCommand } from "./command.ts";

export interface PythonTensorflow {
  /** Of the Python package, absolute: holds the libraries, and their headers in `include/`. */
  folder: string;
  /** Whether it is built for NVIDIA's GPUs. */
  cuda: boolean;
}

const TIME_OUT_SECONDS = 20;

/** Looks without importing it, which takes ten seconds. */
const QUESTION = `
import importlib.util, json, os
folder = os.path.dirname(importlib.util.find_spec("tensorflow").origin)
assert os.path.exists(os.path.join(folder, "libtensorflow_cc.so.2"))
with open(os.path.join(folder, "python", "platform", "build_info.py")) as file:
    print(json.dumps({"folder": folder, "cuda": "'is_cuda_build', True" in file.read()}))
`;

/**
 * @param pythons programs: paths, or names that are on the `PATH`; the first that has one is taken
 * @param cuda takes only one that is built for NVIDIA's GPUs
 */
export async function findPythonTensorflow(
  pythons: string[],
  cuda: boolean,
): Promise<PythonTensorflow | undefined> {
  for (const python of pythons) {
    const options = { seconds: TIME_OUT_SECONDS };
    const answer = await runCommand(python, ["-c", QUESTION], options).catch(() => undefined);
    const found: PythonTensorflow | undefined = answer && JSON.parse(answer);
    if (found && (found.cuda || !cuda)) return found;
  }
  return undefined;
}
