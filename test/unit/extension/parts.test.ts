import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { Coalesce } from "../../../extension/coalesce.ts";
import { Disposable } from "../../../extension/disposable.ts";
import { changedSpan } from "../../../extension/editor/changed.ts";
import { chooseNode } from "../../../extension/node.ts";
import { count, headline } from "../../../extension/numbers.ts";
import { pageHtml } from "../../../extension/views/html.ts";
import { applyEdits } from "../../helpers/applyEdits.ts";

afterEach(() => {
  vi.useRealTimers();
});

test("many requests become few calls, and the last one is never lost", () => {
  vi.useFakeTimers();
  const action = vi.fn();
  const coalesce = new Coalesce(100, action);
  for (let i = 0; i < 50; i++) {
    coalesce.ask();
    vi.advanceTimersByTime(10);
  }
  vi.advanceTimersByTime(100);
  expect(action.mock.calls.length).toBeGreaterThanOrEqual(4);
  expect(action.mock.calls.length).toBeLessThanOrEqual(6);
  coalesce.ask();
  coalesce.dispose();
  const calls = action.mock.calls.length;
  vi.advanceTimersByTime(1000);
  expect(action.mock.calls.length).toBe(calls);
});

test("what is registered too late is let go of at once", () => {
  class Owner extends Disposable {
    own(item: { dispose(): void }) {
      this.register(item);
    }
  }
  const owner = new Owner();
  const [early, late] = [{ dispose: vi.fn() }, { dispose: vi.fn() }];
  owner.own(early);
  expect(early.dispose).not.toHaveBeenCalled();
  owner.dispose();
  owner.own(late);
  expect(early.dispose).toHaveBeenCalledOnce();
  expect(late.dispose).toHaveBeenCalledOnce();
});

test("the user's Node.js is used where there is one, else the editor's own", () => {
  const folder = mkdtempSync(join(tmpdir(), "vitals-node-"));
  try {
    expect(chooseNode("node", folder, "/editor")).toEqual({
      path: "/editor",
      env: { ELECTRON_RUN_AS_NODE: "1" },
    });
    writeFileSync(join(folder, process.platform === "win32" ? "node.exe" : "node"), "");
    expect(chooseNode("node", folder, "/editor")).toEqual({ path: "node", env: {} });
    expect(chooseNode("/opt/node", "", "/editor")).toEqual({ path: "/opt/node", env: {} });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("what edits changed reaches from the first of them to the last, as they stand afterwards", () => {
  const edits = [
    { offset: 12, length: 2, text: "xyz" },
    { offset: 6, length: 1, text: "0.1" },
  ];
  expect(changedSpan(edits.slice(1))).toEqual({ offset: 6, length: 3 });
  const text = applyEdits('{"a": 5, "b":77}', edits);
  const { offset, length } = changedSpan(edits);
  expect(text.slice(offset, offset + length)).toBe('0.1, "b"xyz');
  expect(changedSpan([])).toEqual({ offset: 0, length: 0 });
});

test("numbers are written for people", () => {
  expect(count(1240).replaceAll("\u00a0", " ")).toBe("1 240");
  expect(count(999)).toBe("999");
  expect(headline({ loss: 0.31 })).toBe("loss 0.31");
  expect(headline(null)).toBe("");
});

test("the page runs only scripts with its nonce, and nothing from outside", () => {
  const html = pageHtml({ script: "s.js", style: "s.css", cspSource: "src:", nonce: "abc" });
  expect(html).toContain("default-src 'none'; script-src 'nonce-abc'; style-src src:");
  expect(html).toContain('<meta property="csp-nonce" content="abc">');
  expect(html).not.toContain("unsafe");
});
