// Choosing a reason proposes its words, as long as the moderator has written none of their own.
export default function proposal(form) {
  const { reason, message } = form.elements;
  if (!reason || !message) return;
  let proposed = "";
  reason.addEventListener("change", () => {
    if (message.value.trim() && message.value !== proposed) return;
    proposed = reason.selectedOptions[0].dataset.proposal || "";
    message.value = proposed;
    message.dispatchEvent(new Event("input"));
  });
}
