// The host page around the widget: its language, and links that open the conversation.
const wish = new URLSearchParams(location.search).get("lang");
const english = wish ? wish === "en" : !navigator.language.toLowerCase().startsWith("zh");
const widget = document.querySelector("kefu-widget");

if (english) {
  document.documentElement.lang = "en";
  document.title = "Help Center";
  for (const place of document.querySelectorAll("[data-en]")) place.textContent = place.dataset.en;
}
widget.setAttribute("locale", english ? "en" : "zh");
document.querySelector(`nav a[href="?lang=${english ? "en" : "zh"}"]`).setAttribute("aria-current", "true");

for (const link of document.querySelectorAll("[data-ask]")) {
  const question = english ? link.dataset.askEn : link.dataset.ask;
  link.addEventListener("click", () => (question ? widget.ask(question) : widget.open()));
}
