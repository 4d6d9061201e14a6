/** The dashboard page: puts the parts together. */
import "./page.css";
import { Board } from "./charts/board.ts";
import { toggle } from "./controls/button.ts";
import { make } from "./dom.ts";
import { Empty } from "./empty.ts";
import { Feed } from "./feed.ts";
import { FindingList } from "./findings/list.ts";
import { Frames } from "./frames.ts";
import { Header } from "./header/header.ts";
import { Host } from "./host.ts";
import type { FromPage, PageState, RunView } from "./protocol.ts";
import { Table } from "./table/table.ts";

const host = new Host();
const send = (message: FromPage) => host.send(message);
const feed = new Feed(send);
const frames = new Frames((milliseconds) => feed.drew(milliseconds));
const header = new Header(send);
const board = new Board(host, feed, frames);
const findings = new FindingList(send, (finding) => board.choose(finding));
const table = new Table();
const empty = new Empty(() => send({ type: "train" }));
const asTable = toggle("Table", () => showTable(!host.view.table), "Figures instead of charts");

const toolbar = make("div", "toolbar", make("h2", "", "Curves"), board.zoom, asTable.element);
const curves = make("section", "section", toolbar, board.element, table.element);
curves.setAttribute("aria-label", "Curves");
const main = make("main", "", header.failure, findings.element, curves, empty.element);
document.querySelector("#app")?.append(header.element, main);

feed.add(table);
showTable(host.view.table);
host.receive({
  state: ({ state }) => show(state),
  curves: ({ request, packed }) => feed.answer(request, packed),
  focus: ({ finding }) => findings.focus(finding),
});
send({ type: "ready" });

function show(state: PageState): void {
  const { run } = state;
  if (run && run.id !== host.view.run) host.remember({ run: run.id });
  header.show(state);
  empty.show(state);
  findings.show(run);
  curves.hidden = !run?.info;
  board.show(run);
  table.show(run);
  if (run) feed.follow(run.id, run.lastStep, revision(run));
}

/** Differs from the last whenever a curve may have a new point, also one at the same step. */
function revision({ status, lastStep, progress, curves: names, best }: RunView): string {
  return [status, lastStep, progress?.epoch, names.length, best?.epoch].join();
}

function showTable(on: boolean): void {
  host.remember({ table: on });
  asTable.set(on);
  board.element.hidden = on;
  table.element.hidden = !on;
  feed.wake();
}
