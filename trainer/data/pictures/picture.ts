/** A picture: row after row from the top, the channels of a pixel together; 0 is black and 1 full light. */
export interface Picture {
  height: number;
  width: number;
  channels: number;
  /** `height × width × channels`. */
  values: Float32Array;
}
