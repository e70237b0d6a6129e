import { type Answer, readFault, unreachable } from "./fault";
import type { History, Outgoing, Receipt, SessionReply } from "./wire";

const TIMEOUT_MS = 10_000;
/** A video over a weak connection. */
const LONG_TIMEOUT_MS = 300_000;

export interface SessionRequest {
  locale: string;
  token?: string;
  identity?: string;
}

/** The desk's user API over plain HTTP; the only file that fetches. */
export class Http {
  constructor(
    private readonly server: string,
    private readonly locale: string,
    private readonly fetcher: typeof fetch = (...args) => fetch(...args),
  ) {}

  openSession(request: SessionRequest): Promise<Answer<SessionReply>> {
    return this.request("POST", "/api/session", null, request);
  }

  messages(token: string, after: number): Promise<Answer<History>> {
    return this.request("GET", `/api/messages?after=${after}`, token);
  }

  send(token: string, message: Outgoing): Promise<Answer<Receipt>> {
    return this.request("POST", "/api/messages", token, message);
  }

  rate(token: string, case_number: string, score: number, comment: string): Promise<Answer<null>> {
    return this.request("POST", "/api/csat", token, { case_number, score, comment });
  }

  takeBack(token: string, id: string): Promise<Answer<null>> {
    return this.request("DELETE", `/api/attachments/${id}`, token);
  }

  attachment(token: string, id: string): Promise<Answer<Blob>> {
    return this.exchange(`/api/attachments/${id}`, { method: "GET", headers: this.headers(token) }, LONG_TIMEOUT_MS, (response) => response.blob());
  }

  reopen(token: string, caseNumber: string): Promise<Answer<{ number: string; state: string }>> {
    return this.request("POST", `/api/cases/${encodeURIComponent(caseNumber)}/reopen`, token, {});
  }

  private request<T>(method: string, path: string, token: string | null, body?: unknown): Promise<Answer<T>> {
    const hasBody = body !== undefined;
    const init = {
      method,
      headers: { ...this.headers(token), ...(hasBody ? { "Content-Type": "application/json" } : {}) },
      body: hasBody ? JSON.stringify(body) : undefined,
      cache: "no-store" as const,
    };
    return this.exchange(path, init, TIMEOUT_MS, (response) => readJson(response) as Promise<T>);
  }

  private async exchange<T>(path: string, init: RequestInit, ms: number, read: (response: Response) => Promise<T>): Promise<Answer<T>> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), ms);
    try {
      const response = await this.fetcher(this.server + path, { ...init, credentials: "omit", signal: abort.signal });
      if (response.ok) return { ok: true, data: await read(response) };
      return { ok: false, fault: readFault(response.status, await readJson(response), response.headers.get("Retry-After")) };
    } catch {
      // No answer came (no network, no server, too late), or something else answered in the desk's place.
      return { ok: false, fault: unreachable };
    } finally {
      clearTimeout(timer);
    }
  }

  private headers(token: string | null): Record<string, string> {
    return { "Accept-Language": this.locale, ...(token ? { Authorization: `Bearer ${token}` } : {}) };
  }
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return text ? JSON.parse(text) : null;
  } catch (error) {
    // A hotel's sign-in page says 200 too; it is not the desk.
    if (response.ok) throw error;
    return null;
  }
}
