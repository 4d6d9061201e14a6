/** Registers the gradients of all operations, which tfjs-core leaves out under Node. */
import "@tensorflow/tfjs-layers";
