// Opens the pages without a connection. `version` and `files` are written before this at the build
// (scripts/service-worker.mjs).
/* global version, files */

// A version has a cache of its own, whole or not at all: its page and its parts are never of two. It is taken over once no page
// of the one before is open; until then that one's parts stay where its pages look for them.
const cacheName = `placette-${version}`;
const isOurs = (name) => /^placette-[0-9a-f]+$/.test(name);
const known = new Set(files);
const page = '/index.html';

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(files)));
});

self.addEventListener('activate', (event) => {
  const forget = (names) =>
    Promise.all(names.filter((name) => isOurs(name) && name !== cacheName).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(forget));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  // The server's page first: a new version is there at the next load. Its parts have names of their own.
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => stored(page)));
  else if (pathname.startsWith('/assets/') && known.has(pathname)) {
    event.respondWith(stored(pathname).then((response) => response ?? fetch(request)));
  } else if (known.has(pathname)) event.respondWith(fetch(request).catch(() => stored(pathname)));
});

const stored = (path) => caches.open(cacheName).then((cache) => cache.match(path));
