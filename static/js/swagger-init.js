// The page of the API: the document's address and the settings come from the page itself.
const place = document.getElementById("swagger-ui");

window.SwaggerUIBundle({
  ...JSON.parse(place.dataset.config),
  url: place.dataset.spec,
  domNode: place,
  onComplete: () => document.documentElement.setAttribute("data-ready", ""),
});
