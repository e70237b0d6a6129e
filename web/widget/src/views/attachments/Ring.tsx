/** How far something has come; at its end, or with nothing to tell, it only turns. */
export function Ring({ share = 1 }: { share?: number }) {
  const turns = share === 0 || share >= 1;
  return (
    <svg class={turns ? "ring is-turning" : "ring"} viewBox="0 0 32 32" aria-hidden="true">
      <circle cx="16" cy="16" r="13" />
      <circle class="ring-done" cx="16" cy="16" r="13" pathLength="100" stroke-dasharray={`${turns ? 28 : Math.round(share * 100)} 100`} />
    </svg>
  );
}
