/** Announcements come in bursts: collect what they name for a moment, then look once. */
export function gather(work: (names: string[]) => void, ms: number): (name: string) => void {
  const names = new Set<string>()

  function run(): void {
    const all = [...names]
    names.clear()
    work(all)
  }

  return (name) => {
    if (names.size === 0) setTimeout(run, ms)
    names.add(name)
  }
}
