/** The page's only door to the editor: typed messages both ways, and the view state that outlives the page. */
import type { FromPage, ToPage } from "./protocol.ts";

/** How the user set up the page; the editor hands it back when the panel is restored. */
export interface ViewState {
  /** The run that was shown. */
  run: string | null;
  /** Whether a figure's y axis is logarithmic, where the user chose. */
  log: Record<string, boolean>;
  /** Curves hidden in a figure. */
  hidden: Record<string, string[]>;
  /** The figure that takes the full width. */
  chosen: string | null;
  /** The table instead of the charts. */
  table: boolean;
}

interface EditorApi {
  postMessage(message: FromPage): void;
  getState(): Partial<ViewState> | undefined;
  setState(state: ViewState): void;
}

declare function acquireVsCodeApi(): EditorApi;

type Handlers = {
  [Type in ToPage["type"]]: (message: Extract<ToPage, { type: Type }>) => void;
};

/** Sends, receives and remembers. */
export class Host {
  readonly #api = acquireVsCodeApi();
  #view: ViewState;

  constructor() {
    const fresh: ViewState = { run: null, log: {}, hidden: {}, chosen: null, table: false };
    this.#view = { ...fresh, ...this.#api.getState() };
  }

  get view(): Readonly<ViewState> {
    return this.#view;
  }

  remember(change: Partial<ViewState>): void {
    this.#view = { ...this.#view, ...change };
    this.#api.setState(this.#view);
  }

  send(message: FromPage): void {
    this.#api.postMessage(message);
  }

  receive(handlers: Handlers): void {
    window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
      const handler = handlers[data.type] as ((message: ToPage) => void) | undefined;
      handler?.(data);
    });
  }
}
