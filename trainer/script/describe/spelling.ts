/** TensorFlow.js's class names as its functions, and recipes, spell them. */

/** Where the rule of `typeName` gives something else. */
const IRREGULAR: Record<string, string> = {
  PReLU: "prelu",
  ELU: "elu",
  LSTM: "lstm",
  GRU: "gru",
  SGD: "sgd",
  RMSProp: "rmsprop",
};

/** `Dense` → `dense`, `Conv2D` → `conv2d`, `BatchNormalization` → `batchNormalization`. */
export function typeName(className: string): string {
  return IRREGULAR[className] ?? lowerFirst(className).replace(/(\d)D/, "$1d");
}

export function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
