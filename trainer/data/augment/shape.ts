/** `[height, width, channels]`. */
export type PictureShape = readonly [height: number, width: number, channels: number];
