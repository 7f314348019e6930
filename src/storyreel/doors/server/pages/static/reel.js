// The reel by hand: arrows along the shots, Alt with them or dragging moves one, letters press what the panel offers.
(() => {
  const tiles = () => [...document.querySelectorAll(".reel .tile")];
  const current = () => document.querySelector(".reel a[aria-current]")?.closest(".tile");
  const player = () => document.getElementById("player");

  function choose(tile) {
    for (const one of tiles()) one.querySelector("a").toggleAttribute("aria-current", false);
    tile.querySelector("a").setAttribute("aria-current", "true");
    tile.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  const opened = current(); // on a phone it may lie beyond the edge
  if (opened) opened.parentElement.scrollLeft = opened.offsetLeft - opened.parentElement.offsetLeft;

  function send(order, shot) {
    const form = document.getElementById("order");
    form.elements.order.value = order.join(",");
    form.elements.shot.value = shot;
    form.requestSubmit();
  }

  function move(tile, by) {
    const order = tiles().map((one) => one.dataset.shot);
    const from = order.indexOf(tile.dataset.shot);
    const to = from + by;
    if (to < 0 || to >= order.length) return;
    order.splice(to, 0, ...order.splice(from, 1));
    send(order, tile.dataset.shot);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".reel a");
    if (!link) return;
    choose(link.closest(".tile"));
    const video = player();
    if (video && document.querySelector("#download")) video.currentTime = Number(link.dataset.seek) + 0.01;
  });

  document.addEventListener("keydown", (event) => {
    if (event.target.closest?.("input, textarea, select, video") || event.ctrlKey || event.metaKey || !tiles().length) return;
    const here = current() ?? tiles()[0];
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by && event.altKey) {
      move(here, by);
    } else if (by) {
      const next = tiles()[tiles().indexOf(here) + by];
      next?.querySelector("a").focus();
      next?.querySelector("a").click();
    } else if (event.key === " " && !event.target.closest?.("button, a:not(.reel a), summary") && player()) {
      player().paused ? player().play() : player().pause();
    } else if ("erl".includes(event.key) && !event.altKey) {
      const what = document.getElementById({ e: "description", r: "retake", l: "lock" }[event.key]);
      event.key === "l" ? what?.click() : what?.focus();
    } else {
      return;
    }
    event.preventDefault();
  });

  // Who pressed what its own answer took away goes on from the open card.
  let last = null;
  document.addEventListener("focusin", (event) => (last = event.target));
  document.addEventListener("htmx:load", () => {
    if (document.activeElement === document.body && last && !last.isConnected) current()?.querySelector("a").focus({ preventScroll: true });
  });

  let dragged = null;
  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.(".reel .tile") ?? null;
    dragged?.classList.add("dragged");
    if (dragged) event.dataTransfer.effectAllowed = "move";
  });
  document.addEventListener("dragover", (event) => {
    const over = dragged && event.target.closest?.(".reel .tile");
    for (const one of tiles()) one.classList.toggle("aimed", one === over && one !== dragged);
    if (over) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const over = dragged && event.target.closest?.(".reel .tile");
    if (!over || over === dragged) return;
    event.preventDefault();
    const order = tiles().map((one) => one.dataset.shot);
    const [from, to] = [order.indexOf(dragged.dataset.shot), order.indexOf(over.dataset.shot)];
    order.splice(to, 0, ...order.splice(from, 1));
    send(order, dragged.dataset.shot);
  });
  document.addEventListener("dragend", () => {
    for (const one of tiles()) one.classList.remove("dragged", "aimed");
    dragged = null;
  });
})();
