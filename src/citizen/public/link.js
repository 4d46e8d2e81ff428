/* The link on a place's poster, without a network: to the page, which this phone keeps. What follows its # goes along. */
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.mode === 'navigate' && new URL(request.url).pathname === '/v')
    event.respondWith(Response.redirect('/citizen/?v', 302));
});
