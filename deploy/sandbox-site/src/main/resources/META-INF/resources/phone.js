// Keeps the messages and the seconds up to date. What is the same is left alone, so that a
// selection stays and nothing is read out twice.
const messages = document.getElementById('messages');

async function refresh() {
  if (document.hidden) return;
  const response = await fetch(location.href);
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const fresh = page.getElementById('messages');
  if (fresh.dataset.seen !== messages.dataset.seen) {
    messages.dataset.seen = fresh.dataset.seen;
    messages.replaceChildren(...fresh.childNodes);
    return;
  }
  const seconds = messages.querySelector('.seconds');
  if (seconds) seconds.textContent = fresh.querySelector('.seconds').textContent;
}

async function run() {
  try {
    await refresh();
  } catch {
    // The site is restarting: the next turn tries again.
  }
  setTimeout(run, 1000);
}

setTimeout(run, 1000);
