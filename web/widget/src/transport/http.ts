import { type Answer, readFault, unreachable } from "./fault";
import type { History, Outgoing, Receipt, SessionReply } from "./wire";

const TIMEOUT_MS = 10_000;

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

  private async request<T>(method: string, path: string, token: string | null, body?: unknown): Promise<Answer<T>> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
    try {
      const response = await this.fetcher(this.server + path, {
        method,
        headers: this.headers(token, body !== undefined),
        body: body === undefined ? undefined : JSON.stringify(body),
        credentials: "omit",
        cache: "no-store",
        signal: abort.signal,
      });
      const data = await readJson(response);
      if (response.ok) return { ok: true, data: data as T };
      return { ok: false, fault: readFault(response.status, data, response.headers.get("Retry-After")) };
    } catch {
      // No answer came (no network, no server, too late), or something else answered in the desk's place.
      return { ok: false, fault: unreachable };
    } finally {
      clearTimeout(timer);
    }
  }

  private headers(token: string | null, hasBody: boolean): Record<string, string> {
    return {
      "Accept-Language": this.locale,
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...(hasBody ? { "Content-Type": "application/json" } : {}),
    };
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
