/** Runs one task at a time under a name, across all tabs of this site. */
export type Lock = <T>(name: string, task: () => Promise<T>) => Promise<T>;

/**
 * Browsers give locks only to secure pages. Without them two tabs may send the same message at once;
 * the desk stores it once all the same, by its client id.
 */
export function browserLock(server: string): Lock {
  const locks = typeof navigator === "undefined" ? undefined : navigator.locks;
  if (!locks) return (_name, task) => task();
  return (name, task) => locks.request(`kefu:${server}:${name}`, task) as ReturnType<typeof task>;
}
