import { type Answer, readFault, unreachable } from "./fault";
import type { Attachment } from "./wire";

/** So long nothing may move before the connection counts as lost. */
const STALL_MS = 45_000;

/** A file on its way up. */
export interface Upload {
  answer: Promise<Answer<Attachment>>;
  abort(): void;
}

export type BeginUpload = (file: File, token: string, onProgress: (share: number) => void) => Upload;

/** Sends the bare bytes; by XMLHttpRequest, since fetch does not tell how far it has come. */
export function uploadTo(server: string, locale: string): BeginUpload {
  return (file, token, onProgress) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${server}/api/attachments?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader("Authorization", `Bearer ${token}`);
    request.setRequestHeader("Accept-Language", locale);
    const moved = watchStall(request);
    request.upload.onprogress = ({ loaded, total }) => {
      moved();
      onProgress(total ? loaded / total : 0);
    };
    const answer = new Promise<Answer<Attachment>>((resolve) => {
      request.onloadend = () => resolve(readAnswer(request));
    });
    request.send(file);
    return { answer, abort: () => request.abort() };
  };
}

function watchStall(request: XMLHttpRequest): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const moved = () => {
    clearTimeout(timer);
    timer = setTimeout(() => request.abort(), STALL_MS);
  };
  request.addEventListener("loadend", () => clearTimeout(timer));
  moved();
  return moved;
}

function readAnswer(request: XMLHttpRequest): Answer<Attachment> {
  try {
    const body: unknown = JSON.parse(request.responseText);
    if (request.status === 201) return { ok: true, data: body as Attachment };
    return { ok: false, fault: readFault(request.status, body, request.getResponseHeader("Retry-After")) };
  } catch {
    // Nothing that the desk would say: cut off, or a proxy's own page.
    return { ok: false, fault: { ...unreachable, status: request.status === 413 ? 413 : 0 } };
  }
}
