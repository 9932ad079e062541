// Says when the form no longer answers, for what is typed then is saved nowhere.
document.addEventListener("htmx:error", () => {
  document.getElementById("unanswered").hidden = false;
});
