// Pictures dropped and shown, as many as are taken; and a model that follows them chosen by a press.
(() => {
  // More than are taken are not sent: who chose them is told.
  function few(input, most) {
    const count = input.files.length;
    const many = input.closest(".drop").querySelector("[data-many]");
    if (many) many.textContent = count > most ? many.dataset.many.replace("{count}", count) : "";
    if (count <= most) return;
    const taken = new DataTransfer();
    for (const file of [...input.files].slice(0, most)) taken.items.add(file);
    input.files = taken.files;
  }

  function show(input) {
    const shown = input.closest(".drop").querySelector(".dropped");
    if (!shown) return;
    few(input, Number(input.dataset.most ?? 1));
    const told = input.form?.elements.dropped; // a price is asked for without the pictures themselves
    if (told) told.value = input.files.length;
    shown.replaceChildren(...[...input.files].map((file) => {
      const image = document.createElement("img");
      image.src = URL.createObjectURL(file);
      image.alt = file.name;
      image.addEventListener("load", () => URL.revokeObjectURL(image.src));
      return image;
    }));
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches?.(".drop input[type=file]")) show(event.target);
  });

  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const place = event.target.closest?.(".drop");
      if (!place || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      place.classList.toggle("over", kind === "dragover");
      if (kind !== "drop") return;
      const input = place.querySelector("input[type=file]");
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  document.addEventListener("click", (event) => {
    const chosen = event.target.closest?.("[data-choose]");
    const list = chosen?.closest("form").elements.model;
    if (!list) return;
    list.value = chosen.dataset.choose;
    list.dispatchEvent(new Event("change", { bubbles: true }));
    list.focus();
  });
})();
