const PHONE = "(max-width: 480px)";

/**
 * Tells the styles how much of the screen the phone's keyboard leaves, and keeps the host page from
 * scrolling behind a window that fills the screen. Returns how to undo it.
 */
export function followViewport(host: HTMLElement, fillsScreen: () => boolean): () => void {
  const viewport = window.visualViewport;
  const page = document.documentElement;
  const before = page.style.overflow;
  const follow = () => {
    if (viewport) {
      host.style.setProperty("--kefu-height", `${viewport.height}px`);
      host.style.setProperty("--kefu-top", `${viewport.offsetTop}px`);
    }
    page.style.overflow = fillsScreen() && matchMedia(PHONE).matches ? "hidden" : before;
  };
  const attributes = new MutationObserver(follow);
  attributes.observe(host, { attributes: true, attributeFilter: ["open", "inline"] });
  viewport?.addEventListener("resize", follow);
  viewport?.addEventListener("scroll", follow);
  follow();
  return () => {
    attributes.disconnect();
    viewport?.removeEventListener("resize", follow);
    viewport?.removeEventListener("scroll", follow);
    page.style.overflow = before;
  };
}
