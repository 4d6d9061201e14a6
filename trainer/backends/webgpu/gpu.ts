/** Our own shaders between those of TensorFlow.js: in its command queue and on its buffers. */
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type * as tf from "@tensorflow/tfjs-core";

/** What TensorFlow.js keeps to itself of its command queue. */
interface Queue {
  commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  /** Buffers of these tensors are not given to others before the commands are submitted. */
  commandQueueOwnedIds: WeakSet<tf.DataId>;
}

interface Shader {
  pipeline: GPUComputePipeline;
  layout: GPUBindGroupLayout;
}

export class Gpu {
  readonly device: GPUDevice;
  readonly #backend: WebGPUBackend;
  readonly #queue: Queue;
  readonly #shaders = new Map<string, Shader>();
  #failure: Error | null = null;

  constructor(backend: WebGPUBackend) {
    this.#backend = backend;
    this.#queue = backend as unknown as Queue;
    this.device = backend.device;
    // A refused command computes nothing and leaves its output as it was: the run must not go on.
    this.device.addEventListener("uncapturederror", (event) => {
      event.preventDefault();
      const { error } = event as GPUUncapturedErrorEvent;
      this.#fail(
        error instanceof GPUOutOfMemoryError
          ? "The GPU has no memory left: make batchSize or the layers smaller."
          : `The GPU refused a command: ${error.message.split("\n")[0]!}`,
      );
    });
    this.device.lost.then(({ message, reason }) => {
      if (reason !== "destroyed") this.#fail(`The GPU was lost: ${message.split("\n")[0]!}`);
    });
  }

  /** @throws {Error} the device is lost, or a command was invalid or found no memory */
  assertSound(): void {
    if (this.#failure) throw this.#failure;
  }

  /** A buffer that shaders read and write, all 0. @param words of 32 bits */
  storage(words: number): GPUBuffer {
    const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
    return this.device.createBuffer({ size: 4 * words, usage: STORAGE | COPY_SRC | COPY_DST });
  }

  /** A buffer of settings that a shader reads. @param values at first */
  uniform(values: ArrayBuffer): GPUBuffer {
    const { UNIFORM, COPY_DST } = GPUBufferUsage;
    const size = Math.ceil(values.byteLength / 16) * 16;
    const buffer = this.device.createBuffer({ size, usage: UNIFORM | COPY_DST });
    this.write(buffer, values);
    return buffer;
  }

  /** Fills the start of a buffer, after all that was dispatched before. */
  write(buffer: GPUBuffer, values: ArrayBuffer | Float32Array | Uint32Array): void {
    // The device takes writes at once, and commands when they are submitted.
    this.#submit();
    this.device.queue.writeBuffer(buffer, 0, values);
  }

  /** The buffer that a tensor lies in. It belongs to the tensor and goes to others after it. */
  bufferOf({ dataId }: tf.TensorInfo): GPUBuffer {
    this.#backend.uploadToGPU(dataId);
    this.#queue.commandQueueOwnedIds.add(dataId);
    return this.#backend.tensorMap.get(dataId).resource as GPUBuffer;
  }

  /** A tensor for a shader to fill, unknown to TensorFlow.js's tidying. */
  output(shape: number[]): tf.TensorInfo {
    return this.#backend.makeTensorInfo(shape, "float32");
  }

  /**
   * @param code of the shader, with one entry point, `main`; compiled when it comes for the first time
   * @param buffers of `@group(0)`, in the order of their `@binding`
   */
  dispatch(code: string, buffers: GPUBuffer[], workgroups: number): void {
    const { pipeline, layout } = this.#shader(code);
    const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
    this.#backend.ensureCommandEncoderReady();
    this.#queue.computePassEncoder ??= this.#queue.commandEncoder!.beginComputePass();
    const pass = this.#queue.computePassEncoder;
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, this.device.createBindGroup({ layout, entries }));
    pass.dispatchWorkgroups(workgroups);
  }

  /**
   * All of a buffer, once everything dispatched so far is done.
   * @throws {Error} a command failed, so nothing that was computed can be trusted
   */
  async read(buffer: GPUBuffer): Promise<ArrayBuffer> {
    try {
      const values = await this.#backend.getBufferData(buffer);
      this.assertSound();
      return values;
    } catch (error) {
      this.assertSound();
      throw error;
    }
  }

  #shader(code: string): Shader {
    const known = this.#shaders.get(code);
    if (known) return known;
    const compute = { module: this.device.createShaderModule({ code }), entryPoint: "main" };
    const pipeline = this.device.createComputePipeline({ layout: "auto", compute });
    const shader = { pipeline, layout: pipeline.getBindGroupLayout(0) };
    this.#shaders.set(code, shader);
    return shader;
  }

  #submit(): void {
    if (!this.#queue.commandEncoder) return;
    this.#backend.endComputePassEncoder();
    this.#backend.submitQueue();
  }

  #fail(sentence: string): void {
    this.#failure ??= new Error(sentence.endsWith(".") ? sentence : `${sentence}.`);
  }
}
