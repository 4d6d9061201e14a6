/** Fewer and faster operations of the library for what a training does most; each costs 10 µs before it computes. */
import * as tf from "@tensorflow/tfjs-core";
import { type NativeBackend, TENSORFLOW } from "./backend.ts";

export function shortenKernels(): void {
  shareWhere("Reshape", ({ shape }, attrs) => String(shape) === String(attrs["shape"]));
  shareWhere("Cast", ({ dtype }, attrs) => dtype === attrs["dtype"]);
  multiplyMatrices();
  differentiateRelu();
}

type Kernel = (args: {
  inputs: Record<string, tf.TensorInfo>;
  attrs: Record<string, unknown>;
  backend: NativeBackend;
}) => tf.TensorInfo;

/** Puts `wrap`, which may fall back to the package's own, in the place of a kernel. */
function wrapKernel(kernelName: string, wrap: (own: Kernel) => Kernel): void {
  const own = tf.getKernel(kernelName, TENSORFLOW).kernelFunc as unknown as Kernel;
  const kernelFunc = wrap(own) as unknown as tf.KernelFunc;
  tf.unregisterKernel(kernelName, TENSORFLOW);
  tf.registerKernel({ kernelName, backendName: TENSORFLOW, kernelFunc });
}

/** Where nothing is to be done the result is the input: gradients reshape and cast to what they have already. */
function shareWhere(
  kernelName: string,
  same: (x: tf.TensorInfo, attrs: Record<string, unknown>) => boolean,
): void {
  wrapKernel(kernelName, (own) => (args) => {
    const x = args.inputs["x"]!;
    if (!same(x, args.attrs)) return own(args);
    args.backend.incRef(x.dataId);
    return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
  });
}

/** The library prepares a product of stacks anew each time, but remembers how it multiplied two matrices. */
function multiplyMatrices(): void {
  wrapKernel("BatchMatMul", (own) => (args) => {
    const { inputs, attrs, backend } = args;
    const { a, b } = inputs as Record<"a" | "b", tf.TensorInfo>;
    const matrices = a.shape.length === 2 && b.shape.length === 2;
    if (!matrices || a.dtype !== "float32") return own(args);
    const { TF_ATTR_BOOL } = backend.binding;
    const options = [
      floats(backend),
      { name: "transpose_a", type: TF_ATTR_BOOL, value: attrs["transposeA"] },
      { name: "transpose_b", type: TF_ATTR_BOOL, value: attrs["transposeB"] },
    ];
    return backend.executeSingleOutput("MatMul", options, [a, b]);
  });
}

/** One operation instead of the ten by which the package comes from ReLU's output to its gradient. */
function differentiateRelu(): void {
  tf.registerKernel({
    kernelName: "ReluGrad",
    backendName: TENSORFLOW,
    kernelFunc: (({ inputs, backend }) =>
      backend.executeSingleOutput(
        "ReluGrad",
        [floats(backend)],
        [inputs["dy"]!, inputs["x"]!],
      )) as Kernel as unknown as tf.KernelFunc,
  });
  const { gradFunc, ...relu } = tf.getGradient("Relu");
  tf.registerGradient({
    ...relu,
    gradFunc: (dy, saved, attrs) =>
      tf.getBackend() === TENSORFLOW
        ? {
            x: () =>
              tf.engine().runKernel("ReluGrad", { dy: dy as tf.Tensor, x: saved[0]! }) as tf.Tensor,
          }
        : gradFunc(dy, saved, attrs),
  });
}

function floats({ binding }: NativeBackend): object {
  return { name: "T", type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
}
