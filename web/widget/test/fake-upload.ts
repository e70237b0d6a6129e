import { type Answer, readFault, unreachable } from "../src/transport/fault";
import type { Upload } from "../src/transport/upload";
import type { Attachment } from "../src/transport/wire";
import { attachment } from "./samples";

let count = 0;

/** One file on its way up, moved on by the test. */
export class FakeUpload implements Upload {
  isAborted = false;
  readonly answer: Promise<Answer<Attachment>>;
  private resolve: (answer: Answer<Attachment>) => void = () => undefined;

  constructor(
    readonly file: File,
    readonly progress: (share: number) => void,
    private readonly keep: (kept: Attachment) => void,
  ) {
    this.answer = new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  finish(): void {
    const kept = attachment(`f_${++count}`, { name: this.file.name, size: this.file.size });
    this.keep(kept);
    this.resolve({ ok: true, data: kept });
  }

  refuse(status: number, body: unknown): void {
    this.resolve({ ok: false, fault: readFault(status, body) });
  }

  /** The connection is gone. */
  cut(): void {
    this.resolve({ ok: false, fault: unreachable });
  }

  abort(): void {
    this.isAborted = true;
    this.cut();
  }
}
