"use strict";

// People paste tokens with and without the word in front, so that exactly one of it is sent.
function withOneBearer(request) {
  const sent = request.headers && request.headers.Authorization;
  if (sent) {
    request.headers.Authorization = "Bearer " + sent.replace(/^(\s*bearer\s+)+/i, "").trim();
  }
  return request;
}

window.ui = SwaggerUIBundle({
  url: "/swagger.json",
  dom_id: "#page",
  deepLinking: true,
  validatorUrl: null,
  persistAuthorization: false,
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  requestInterceptor: withOneBearer,
});
