// Small comforts: the reader's own time, a question before what costs, a link to copy.
(() => {
  function localise(root) {
    const language = document.documentElement.lang;
    for (const time of root.querySelectorAll("time[datetime]")) {
      const at = new Date(time.dateTime);
      const year = at.getFullYear() === new Date().getFullYear() ? undefined : "numeric";
      time.textContent = time.hasAttribute("data-day")
        ? at.toLocaleDateString(language, { day: "numeric", month: "short", year })
        : at.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    }
  }

  document.addEventListener("click", (event) => {
    const asked = event.target.closest?.("[data-ask]");
    if (asked && !window.confirm(`${asked.dataset.ask} ${asked.textContent.trim()}`)) {
      event.preventDefault();
      event.stopPropagation();
    }
    const copied = event.target.closest?.("[data-copy]");
    if (copied) navigator.clipboard?.writeText(document.getElementById(copied.dataset.copy).value);
  }, true);

  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
  setInterval(() => {
    for (const shown of document.querySelectorAll("[data-since]")) {
      const spent = Math.max(0, (Date.now() - Date.parse(shown.dataset.since)) / 1000);
      const typical = Number(shown.dataset.typical);
      shown.textContent = typical ? `${clock(spent)} / ~${clock(typical)}` : clock(spent);
      const bar = shown.closest(".tile").querySelector("progress");
      if (typical) bar.value = Math.min(0.95, spent / typical);
    }
  }, 1000);

  // What is wrong with a field stands beside it, and what was written stays; only who sent the form is taken there.
  function mark(problem, sent, values) {
    const field = document.querySelector(`main form [name="${problem.dataset.field}"]:not([type=hidden])`);
    if (!field) return;
    const written = values.get(field.name);
    if (typeof written === "string" && written !== field.value) { // other words stand there by now
      if (!sent) problem.remove();
      return;
    }
    document.getElementById(`wrong-${field.name}`)?.remove();
    const said = document.createElement("span");
    [said.id, said.className, said.textContent] = [`wrong-${field.name}`, "wrong", problem.querySelector("p").textContent];
    (field.closest("label") ?? field).after(said);
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", said.id);
    const folded = field.closest("details");
    if (folded) folded.open = true;
    problem.remove();
    if (sent) field.focus();
  }

  function forget() {
    document.getElementById("notice")?.replaceChildren();
    for (const said of document.querySelectorAll(".wrong")) said.remove();
    for (const field of document.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  }

  document.addEventListener("htmx:afterSwap", (event) => {
    const { target, requestConfig } = event.detail;
    const problem = target?.querySelector("#problem[data-field]"); // what came by an event has none
    if (problem) mark(problem, target.id === "notice", requestConfig.formData);
  });
  document.addEventListener("htmx:load", (event) => localise(event.detail.elt));
  // The price is asked for by itself, and takes away nothing that was said of what was sent.
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.id !== "price") forget();
  });
  document.addEventListener("input", (event) => {
    if (event.target.closest?.("#wish")) forget();
  });
})();
