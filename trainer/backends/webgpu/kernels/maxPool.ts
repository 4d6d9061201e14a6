/** The maximum of each window of each channel, and its gradient. */
import * as tf from "@tensorflow/tfjs-core";
import type { Gpu } from "../gpu.ts";
import { type Kernel, replaceKernel } from "./kernel.ts";

type Forward = Kernel<{ x: tf.TensorInfo }, tf.MaxPoolAttrs>;
type Gradient = Kernel<{ dy: tf.TensorInfo; input: tf.TensorInfo }, tf.MaxPoolGradAttrs>;

const THREADS = 256;
const MAX_GROUPS = 65_535;

/** Lengths as (height, width). */
const GEOMETRY = `
struct Geometry { image: vec2u, windows: vec2u, window: vec2u, strides: vec2u, padding: vec2u, channels: u32 }
@group(0) @binding(0) var<uniform> geometry: Geometry;
@group(0) @binding(1) var<storage, read> x: array<f32>;

fn isNaN(value: f32) -> bool { return (bitcast<u32>(value) & 0x7fffffffu) > 0x7f800000u; }

/** Where the maximum of a window lies: NaN beats any number, and the first of equals the others. */
fn place(image: u32, corner: vec2u, channel: u32) -> u32 {
  let first = max(corner * geometry.strides, geometry.padding) - geometry.padding;
  let end = min(corner * geometry.strides + geometry.window - geometry.padding, geometry.image);
  var best = at(image, first, channel);
  for (var row = first.x; row < end.x; row++) {
    for (var column = first.y; column < end.y; column++) {
      let here = at(image, vec2u(row, column), channel);
      if (!isNaN(x[best]) && (isNaN(x[here]) || x[here] > x[best])) { best = here; }
    }
  }
  return best;
}

fn at(image: u32, pixel: vec2u, channel: u32) -> u32 {
  return ((image * geometry.image.x + pixel.x) * geometry.image.y + pixel.y) * geometry.channels + channel;
}
`;

const FORWARD = `
${GEOMETRY}
@group(0) @binding(2) var<storage, read_write> results: array<f32>;

@compute @workgroup_size(${THREADS})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < arrayLength(&results); i += groups.x * ${THREADS}u) {
    let corner = i / geometry.channels;
    let line = corner / geometry.windows.y;
    let image = line / geometry.windows.x;
    results[i] = x[place(image, vec2u(line % geometry.windows.x, corner % geometry.windows.y), i % geometry.channels)];
  }
}
`;

/** Each pixel asks the windows that it lies in: no two threads add to one place, so the sum is always the same. */
const GRADIENT = `
${GEOMETRY}
@group(0) @binding(2) var<storage, read> dy: array<f32>;
@group(0) @binding(3) var<storage, read_write> results: array<f32>;

@compute @workgroup_size(${THREADS})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < arrayLength(&results); i += groups.x * ${THREADS}u) {
    let channel = i % geometry.channels;
    let pixel = i / geometry.channels;
    let line = pixel / geometry.image.y;
    let image = line / geometry.image.x;
    let here = vec2u(line % geometry.image.x, pixel % geometry.image.y) + geometry.padding;
    let end = min(here / geometry.strides + 1u, geometry.windows);
    let before = max(here + 1u, geometry.window) - geometry.window;
    let first = (before + geometry.strides - 1u) / geometry.strides;
    var sum = 0.0;
    for (var row = first.x; row < end.x; row++) {
      for (var column = first.y; column < end.y; column++) {
        if (place(image, vec2u(row, column), channel) == i) {
          let window = (image * geometry.windows.x + row) * geometry.windows.y + column;
          sum += dy[window * geometry.channels + channel];
        }
      }
    }
    results[i] = sum;
  }
}
`;

/** TensorFlow.js's own lose NaN, so that a broken network looks healthy, and send the gradient to the last of equals. */
export function supplyMaxPool(gpu: Gpu): void {
  const geometries = new Map<string, GPUBuffer>();
  const run = (code: string, attrs: tf.MaxPoolAttrs, x: tf.TensorInfo, dy?: tf.TensorInfo) => {
    const [batch, ...image] = x.shape as [number, number, number, number];
    const { filterSize, strides, pad, dimRoundingMode } = attrs;
    const info = tf.backend_util.computePool2DInfo(
      [batch, ...image],
      filterSize,
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    const settings = settingsOf(info);
    const key = settings.join();
    const geometry = geometries.get(key) ?? gpu.uniform(settings.buffer);
    geometries.set(key, geometry);
    const result = gpu.output(dy ? x.shape : info.outShape);
    const tensors = dy ? [x, dy, result] : [x, result];
    const groups = Math.ceil(tf.util.sizeFromShape(result.shape) / THREADS);
    const buffers = [geometry, ...tensors.map((tensor) => gpu.bufferOf(tensor))];
    gpu.dispatch(code, buffers, Math.min(groups, MAX_GROUPS));
    return result;
  };
  const forward: Forward = ({ inputs: { x }, attrs }) => run(FORWARD, attrs, x);
  const gradient: Gradient = ({ inputs: { dy, input }, attrs }) => run(GRADIENT, attrs, input, dy);
  replaceKernel(tf.MaxPool, () => forward);
  replaceKernel(tf.MaxPoolGrad, () => gradient);
}

function settingsOf(info: tf.backend_util.Conv2DInfo): Uint32Array<ArrayBuffer> {
  const { inHeight, inWidth, outHeight, outWidth, filterHeight, filterWidth } = info;
  const { strideHeight, strideWidth, padInfo, inChannels } = info;
  return Uint32Array.of(
    ...[inHeight, inWidth],
    ...[outHeight, outWidth],
    ...[filterHeight, filterWidth],
    ...[strideHeight, strideWidth],
    ...[padInfo.top, padInfo.left],
    inChannels,
  );
}
