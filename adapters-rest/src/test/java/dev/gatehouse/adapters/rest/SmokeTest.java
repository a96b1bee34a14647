package dev.gatehouse.adapters.rest;

import dev.gatehouse.application.World;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.web.router.Router;
import org.junit.jupiter.api.Test;

@MicronautTest
class SmokeTest {
    private final Api api;
    private final World world;
    private final Router router;

    SmokeTest(Api api, World world, Router router) {
        this.api = api;
        this.world = world;
        this.router = router;
    }

    private void show(Api.Reply reply) {
        System.err.println(
                reply.status() + " " + reply.header("content-type") + reply.header("location") + "   " + reply.body());
    }

    @Test
    void smoke() {
        router.uriRoutes().forEach(each -> System.err.println(each));
        System.err.println("=== ");
        show(api.get("/healthz"));
        show(api.get("/apidocs"));
        show(api.get("/apidocs/start.js"));
        show(api.get("/apidocs/../x"));
        show(api.get("/swagger.json"));
        show(api.post("/api/v1/session", "{}", Api.JSON, "Accept: text/html"));
        show(api.get("/healthz", "Accept: text/html"));
        show(api.get("/api/version"));
        show(api.get("/nope"));
        show(api.get("/api/v1/account"));
        show(api.put("/api/v1/session", "{}", Api.JSON));
        show(api.post("/api/v1/session", "{\"username\":\"admin\",\"password\":\"" + World.PASSWORD + "\"}", Api.JSON));
        show(api.post("/api/v1/session", "{\"username\":\"admin\",\"password\":\"x\"}", Api.JSON));
        String admin = api.as("admin");
        show(api.get("/api/v1/session/userinfo", admin));
        show(api.get("/api/v1/session/userinfo", "Accept: text/html"));
        show(api.get("/api/v1/session/userinfo", "Accept: application/json"));
        show(api.get("/api/v1/session/userinfo", "Accept: */*"));
        show(api.get("/api/v1/account", admin));
        show(api.get("/api/v1/account/admin", admin));
        show(api.get("/api/v1/account/%3Cb%3E%26%E2%80%A8", admin));
        show(api.get("/api/v1/account/can-i/projects/get/a/b/c", admin));
        show(api.get("/api/v1/account/can-i/projects/get/", admin));
        show(api.get("/api/v1/account/can-i/projects/get", admin));
        show(api.get("/api/v1/account/can-i/projects/foo/a", admin));
        show(api.get("/api/v1/account/can-i/clusters/get/https://host:443", admin));
        show(api.post(
                "/api/v1/projects",
                "{\"project\":{\"metadata\":{\"name\":\"demo\"},\"spec\":{\"description\":\"d\",\"sourceRepos\":[\"*\"],\"roles\":[{\"name\":\"ci\"}],\"x\":1e3}}}",
                admin));
        show(api.get("/api/v1/projects", admin));
        show(api.get("/api/v1/projects/demo", admin));
        show(api.get("/api/v1/projects/", admin));
        show(api.post(
                "/api/v1/projects/demo/roles/ci/token",
                "{\"id\":\"k\"}",
                admin,
                "Content-Type: application/x-www-form-urlencoded"));
        show(api.post("/api/v1/projects/demo/roles/ci/token", "{\"id\":\"k\"}", admin));
        show(api.get("/api/v1/projects/demo", admin));
        show(api.get("/api/v1/policy", admin));
        show(api.get("/api/v1/audit?limit=2", admin));
        show(api.get("/api/v1/audit?limit=2&x=1", admin));
        show(api.get("/.well-known/jwks.json"));
        show(api.get("/health"));
        show(api.get("/health", admin));
        show(api.get("/prometheus"));
        show(api.post("/api/v1/events/demo/x", "{}"));
        show(api.post("/api/v1/events/demo/", "{}"));
        show(api.post("/api/v1/events/demo", "{}"));
        show(api.post("/api/v1/events/demo/x", "{}", admin));
        show(api.raw("GET /a%zz HTTP/1.1", "Host: x").orElseThrow());
        show(api.raw("GET /%00 HTTP/1.1", "Host: x").orElseThrow());
        show(api.raw("GET /api/v1/account/%00 HTTP/1.1", "Host: x").orElseThrow());
        show(api.raw("GET /" + "a".repeat(20000) + " HTTP/1.1", "Host: x").orElseThrow());
        show(api.raw("GET / HTTP/1.1", "Host: x", "A: " + "a".repeat(200000)).orElseThrow());
        show(api.raw("GET /../../etc/passwd HTTP/1.1", "Host: x").orElseThrow());
        show(api.raw("BREW / HTTP/1.1", "Host: x").orElseThrow());
    }
}
