/** TensorBoard's event files: records of protocol buffers; the scalars in them, of TensorFlow 1 and 2 and PyTorch. */
import { isPartFolder } from "./figures.ts";
import type { BytesFormat } from "./format.ts";
import { TfRecords } from "./tfRecords.ts";
import { Message } from "./wire.ts";

export const tfevents: BytesFormat = {
  kind: "bytes",
  tool: "TensorBoard",
  files: "TensorBoard event files (tfevents)",
  owns: (path) => /tfevents[^/]*$/.test(path) && !path.endsWith(".profile-empty"),
  runOf(path) {
    const folders = path.split("/").slice(0, -1);
    // Keras writes `train` and `validation` beside each other.
    if (isPartFolder(folders.at(-1) ?? "")) folders.pop();
    return folders.join("/");
  },
  open(recording, folder) {
    let unreadable = 0;
    const records = new TfRecords((record) => {
      try {
        const { time, step, summary } = readEvent(record);
        for (const { tag, value } of summary ? scalarsOf(summary) : []) {
          recording.add(tag, value, { step, time }, folder);
        }
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        unreadable++;
      }
    });
    return {
      push: (bytes) => records.push(bytes),
      get damaged() {
        return records.damaged + unreadable;
      },
    };
  },
};

/** `tensorflow.Event`: wall_time 1, step 2, summary 5. */
function readEvent(record: Uint8Array) {
  const event = new Message(record);
  let time = Number.NaN;
  let step = 0;
  let summary: Message | undefined;
  while (event.next()) {
    if (event.field === 1) time = event.double();
    else if (event.field === 2) step = event.integer();
    else if (event.field === 5) summary = event.message();
    else event.skip();
  }
  return { time, step, summary };
}

interface Scalar {
  tag: string;
  value: number;
}

/** `tensorflow.Summary`: value 1, each with tag 1, simple_value 2, tensor 8; what is no scalar is left out. */
function scalarsOf(summary: Message): Scalar[] {
  const scalars: Scalar[] = [];
  while (summary.next()) {
    if (summary.field !== 1) {
      summary.skip();
      continue;
    }
    const entry = summary.message();
    let tag = "";
    let value: number | undefined;
    while (entry.next()) {
      if (entry.field === 1) tag = entry.text();
      else if (entry.field === 2) value = entry.float();
      else if (entry.field === 8) value = scalarIn(entry.message());
      else entry.skip();
    }
    if (value !== undefined) scalars.push({ tag, value });
  }
  return scalars;
}

/** `DataType` of TensorFlow. */
const FLOAT = 1;
const DOUBLE = 2;

/** `tensorflow.TensorProto`: dtype 1, tensor_shape 2, tensor_content 4, float_val 5, double_val 6. */
function scalarIn(tensor: Message): number | undefined {
  let type = 0;
  let single = true;
  let content: Uint8Array | undefined;
  let value: number | undefined;
  while (tensor.next()) {
    if (tensor.field === 1) type = tensor.integer();
    else if (tensor.field === 2) single = isSingle(tensor.message());
    else if (tensor.field === 4) content = tensor.bytes();
    else if (tensor.field === 5) value = tensor.first("float");
    else if (tensor.field === 6) value = tensor.first("double");
    else tensor.skip();
  }
  if (!single || (type !== FLOAT && type !== DOUBLE)) return undefined;
  if (!content || content.length === 0) return value;
  const view = new DataView(content.buffer, content.byteOffset, content.length);
  return type === FLOAT ? view.getFloat32(0, true) : view.getFloat64(0, true);
}

/** `tensorflow.TensorShapeProto`: dim 2, each with size 1. */
function isSingle(shape: Message): boolean {
  while (shape.next()) {
    if (shape.field !== 2) {
      shape.skip();
      continue;
    }
    const dim = shape.message();
    while (dim.next()) {
      if (dim.field !== 1) dim.skip();
      else if (dim.integer() !== 1) return false;
    }
  }
  return true;
}
