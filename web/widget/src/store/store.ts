import { emptyModel, type Event, type Model, reduce } from "./model";

/** Holds the one model and tells the views when it changed. */
export class Store {
  private current: Model;
  private readonly watchers = new Set<() => void>();

  constructor(initial: Partial<Model> = {}) {
    this.current = { ...emptyModel, ...initial };
  }

  get model(): Model {
    return this.current;
  }

  tell(event: Event): void {
    this.current = reduce(this.current, event);
    for (const watcher of this.watchers) watcher();
  }

  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => void this.watchers.delete(watcher);
  }
}
