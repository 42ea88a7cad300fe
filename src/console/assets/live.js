// Regions that the server keeps fresh. Without this script a page shows what was true when it was loaded.
// It alone may make markup of text, by this policy, and only of what this server rendered.
const policy = window.trustedTypes?.createPolicy('live-region', { createHTML: (markup) => markup });
for (const region of document.querySelectorAll('[data-live]')) {
  const source = new EventSource(region.dataset.live);
  source.addEventListener('message', ({ data }) => {
    const markup = JSON.parse(data);
    // What has not changed stays untouched, for whoever reads or listens to it.
    if (region.lastMarkup === markup) return;
    region.lastMarkup = markup;
    region.innerHTML = policy === undefined ? markup : policy.createHTML(markup);
  });
}
