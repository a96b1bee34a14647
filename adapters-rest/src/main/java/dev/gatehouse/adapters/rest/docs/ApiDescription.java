package dev.gatehouse.adapters.rest.docs;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import io.swagger.v3.oas.annotations.tags.Tag;

/** What the description says beside the calls. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Gatehouse",
                        version = "v1",
                        description = "Sessions, projects and tokens. Every error has the form"
                                + " {\"error\", \"code\", \"message\"}; every reply has an X-Request-Id, which the log of"
                                + " the server carries, too.",
                        license = @License(name = "Apache-2.0")),
        security = @SecurityRequirement(name = "token"),
        tags = {
            @Tag(name = "session", description = "Signing in and out"),
            @Tag(name = "account", description = "Accounts and their rights"),
            @Tag(name = "project", description = "Projects and their roles"),
            @Tag(name = "token", description = "Tokens, and the keys that verify them"),
            @Tag(name = "policy", description = "Who may do what"),
            @Tag(name = "webhook", description = "Messages of other systems"),
            @Tag(name = "audit", description = "What was done"),
            @Tag(name = "health", description = "Whether it lives")
        })
@SecurityScheme(
        name = "token",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        bearerFormat = "JWT",
        description = "A session's token, an account's or a project role's; with or without 'Bearer ' in front")
final class ApiDescription {
    private ApiDescription() {}
}
