// What is written is not lost: a shot's words are saved before what is made of them is asked for, a wish's stay in this tab.
(() => {
  const form = () => document.getElementById("words");
  const stage = () => document.getElementById("film")?.dataset.stage;

  // What is written and not saved yet has another price than the one that the button tells.
  function look() {
    const fields = [...form().querySelectorAll("textarea, input:not([type=hidden])")];
    const lists = [...form().querySelectorAll("select")];
    const first = (list) => Math.max(0, [...list.options].findIndex((one) => one.defaultSelected));
    const written = fields.some((one) => one.value !== one.defaultValue) || lists.some((one) => one.selectedIndex !== first(one));
    form().toggleAttribute("data-written", written);
    form().querySelector("button").classList.toggle("main", written);
    const retake = document.getElementById("retake");
    if (retake && !retake.title) retake.disabled = written;
  }

  // Whether it is saved now. What is wrong with it is told where any answer is, what is to be agreed to by sending it again.
  let saving = null, saved = false, refused = false;
  async function save() {
    [saving, saved, refused] = [form(), false, false];
    await htmx.ajax("POST", saving.getAttribute("action"), { source: saving });
    saving = null;
    if (!saved && !refused) form().requestSubmit();
    return saved;
  }
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    if (detail.elt === saving) delete detail.headers["HX-Boosted"]; // the page stays as it is
  });
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.requestConfig?.elt !== saving) return;
    refused = detail.isError;
    saved = !refused && /[?&]shot=/.test(detail.xhr.responseURL);
    detail.shouldSwap &&= refused;
  });
  document.addEventListener("htmx:sendError", () => (refused = true));

  // The card that was pressed is open only once its words are.
  function stay() {
    for (const one of document.querySelectorAll(".reel a[aria-current]")) one.removeAttribute("aria-current");
    document.getElementById(`shot-${form().dataset.of}`)?.setAttribute("aria-current", "true");
  }

  document.addEventListener("htmx:confirm", (event) => {
    const { elt, issueRequest } = event.detail;
    const other = elt.closest?.("#film") && !elt.closest("#words, [data-fresh]");
    if (!other || !form()?.hasAttribute("data-written")) return;
    event.preventDefault();
    setTimeout(async () => { // after the press itself
      // While a film waits for approval a change of its words costs nothing; later its price is told first.
      const goes = stage() === "storyboard" ? await save() : window.confirm(form().dataset.unsaved);
      if (!goes) return stay();
      form()?.removeAttribute("data-written");
      issueRequest(true);
    });
  });
  addEventListener("beforeunload", (event) => {
    if (form()?.hasAttribute("data-written")) event.preventDefault();
  });

  const wish = document.getElementById("wish");
  const draft = `draft ${location.pathname}`;
  const fields = () => [...(wish?.querySelectorAll("textarea, select, input:not([type=hidden], [type=file])") ?? [])];
  const keep = () => sessionStorage.setItem(draft, JSON.stringify(fields().map((one) => [one.name, one.value])));
  if (location.pathname === "/sign-in") sessionStorage.clear(); // whoever comes next writes something else
  for (const [name, value] of JSON.parse((wish && sessionStorage.getItem(draft)) || "[]")) {
    const field = fields().find((one) => one.name === name);
    if (field?.matches("select") ? [...field.options].some((one) => one.value === value) : field) field.value = value;
  }
  wish?.addEventListener("input", keep);
  document.addEventListener("htmx:beforeOnLoad", ({ detail }) => { // the film is made of it
    if (detail.elt === wish && detail.xhr.getResponseHeader("HX-Redirect")) sessionStorage.removeItem(draft);
  });

  document.addEventListener("input", (event) => {
    if (event.target.closest?.("#words")) look();
  });
})();
