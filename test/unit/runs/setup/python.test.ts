import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findPythonTensorflow } from "../../../../runs/setup/python.ts";

const python = spawnSync("python3", ["--version"]).status === 0;

describe.skipIf(!python)(`a TensorFlow for Python${python ? "" : " (skipped: no python3)"}`, () => {
  let packages: string;

  beforeEach(() => {
    packages = realpathSync(mkdtempSync(join(tmpdir(), "vitals-python-")));
    process.env["PYTHONPATH"] = packages;
  });
  afterEach(() => {
    delete process.env["PYTHONPATH"];
    rmSync(packages, { recursive: true });
  });

  /** @param info what TensorFlow's wheels say of themselves */
  function put(info: string, library = "libtensorflow_cc.so.2"): string {
    const folder = join(packages, "tensorflow");
    const platform = join(folder, "python", "platform");
    mkdirSync(platform, { recursive: true });
    writeFileSync(join(platform, "build_info.py"), `build_info = dict([${info}])\n`);
    writeFileSync(join(folder, library), "");
    writeFileSync(join(folder, "__init__.py"), "raise Exception('imported')\n");
    return folder;
  }

  it("is found without being imported, by the first program that has one", async () => {
    const folder = put("('is_cuda_build', False), ('is_rocm_build', False)");
    const found = await findPythonTensorflow(["no-such-python", "python3"], false);
    expect(found).toEqual({ folder, cuda: false });
  });

  it("is told apart by whether it is built for NVIDIA's GPUs", async () => {
    const folder = put("('cuda_version', '12.5.1'), ('is_cuda_build', True)");
    expect(await findPythonTensorflow(["python3"], true)).toEqual({ folder, cuda: true });
    rmSync(folder, { recursive: true });
    put("('is_cuda_build', False)");
    expect(await findPythonTensorflow(["python3"], true)).toBeUndefined();
  });

  it("is none where the library to build against is not beside it", async () => {
    put("('is_cuda_build', True)", "libtensorflow.so.1");
    expect(await findPythonTensorflow(["python3"], false)).toBeUndefined();
  });
});
