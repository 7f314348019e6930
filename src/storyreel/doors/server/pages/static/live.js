// A film's page follows its film while it is looked at; what was missed meanwhile is told when it is looked at again.
(() => {
  const AGAIN_MS = [500, 1000, 2000, 4000];
  const page = () => document.getElementById("film");
  let source = null, of = null, seen = "", shape = "", failed = 0, waiting = 0, sending = 0;

  function lost(is) {
    document.getElementById("lost").hidden = !is;
  }

  // A page that follows nothing asks until there is an answer.
  function ask() {
    lost(true);
    fetch("/healthz", { cache: "no-store" }).then(() => lost(false), () => setTimeout(ask, 2000));
  }

  const written = () => document.querySelector("#words[data-written]") !== null;

  function close() {
    clearTimeout(waiting);
    source?.close();
    source = null;
  }

  function again() {
    close();
    lost(failed > 0);
    waiting = setTimeout(open, AGAIN_MS[Math.min(failed++, AGAIN_MS.length - 1)]);
  }

  function open() {
    const film = page();
    if (source && of === film) return;
    close();
    if (of !== film) [of, seen, shape] = [film, film?.dataset.seen, film?.dataset.shape];
    if (!film?.dataset.live || document.hidden || sending) return;
    const mine = (source = new EventSource(`${film.dataset.live}?seen=${seen}&shape=${shape}`));
    mine.onopen = () => { failed = 0; lost(false); };
    mine.onerror = again;
    mine.addEventListener("again", () => { close(); open(); });
    mine.addEventListener("parts", (event) => {
      seen = event.lastEventId;
      const chosen = document.querySelector(".reel a[aria-current]")?.id;
      htmx.swap(film, event.data, { swapStyle: "none", swapDelay: 0, settleDelay: 0 });
      if (chosen) document.getElementById(chosen)?.setAttribute("aria-current", "true");
    });
    mine.addEventListener("take", (event) => {
      for (const part of document.querySelectorAll("[data-fresh]")) {
        if (part.dataset.fresh === event.data) htmx.trigger(part, "fresh");
      }
    });
    mine.addEventListener("whole", (event) => renew(film, event));
  }

  // What cannot be had now is asked for again: what the page shows is named to the next stream.
  async function renew(film, { lastEventId, data }) {
    const open = () => document.querySelector(".reel a[aria-current]");
    const before = open()?.closest(".tile").dataset.shot ?? "";
    const answer = await fetch(`${film.dataset.place}?shot=${before}`, { headers: { "HX-Request": "true" } }).catch(() => null);
    const text = answer?.ok && answer.headers.get("Content-Type").startsWith("text/html") ? await answer.text() : "";
    if (sending || page() !== film) return;
    if (!text) return again();
    [seen, shape] = [lastEventId, data];
    const [chosen, version] = [open()?.id, document.getElementById("version")?.value];
    for (const what of written() ? [".stage", "#money", "#log"] : ["#film"]) { // nobody's words are taken away while he writes
      htmx.swap(what, text, { swapStyle: "outerHTML", swapDelay: 0, settleDelay: 0 }, { select: what });
    }
    if (version) document.getElementById("version").value = version;
    if (chosen && chosen !== open()?.id) document.getElementById(chosen)?.click();
  }

  // While the page itself changes the film, its answer tells how it is now.
  const changes = (event) => event.detail.requestConfig?.verb !== "get";
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (changes(event) && ++sending) close();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (changes(event) && --sending >= 0) setTimeout(open, 50);
  });
  document.addEventListener("htmx:sendError", ask);
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  document.addEventListener("htmx:load", open);
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
})();
