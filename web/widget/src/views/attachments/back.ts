/**
 * Lets the phone's back button close what lies over the page, instead of leaving the page. Newer browsers do
 * so by themselves for a dialogue; in others a step of the history is lent to it. Returns how to end that.
 */
export function onBack(close: () => void): () => void {
  if ("CloseWatcher" in window) return () => undefined;
  let isBack = false;
  const back = () => {
    isBack = true;
    close();
  };
  history.pushState(history.state, "");
  addEventListener("popstate", back, { once: true });
  return () => {
    removeEventListener("popstate", back);
    if (!isBack) history.back();
  };
}
