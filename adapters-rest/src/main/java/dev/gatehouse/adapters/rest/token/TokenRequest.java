package dev.gatehouse.adapters.rest.token;

import dev.gatehouse.adapters.rest.Body;
import dev.gatehouse.adapters.rest.IdempotencyKey;
import dev.gatehouse.adapters.rest.Sent;
import dev.gatehouse.application.token.IssuedToken;
import dev.gatehouse.application.token.NewToken;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is asked for in a token, by either of Argo CD's two calls. */
@Schema(name = "CreateTokenRequest")
record TokenRequest(
        @Schema(description = "Seconds; 0 for no end") long expiresIn,

        @Schema(description = "A name for it; left out: one is made up")
        String id,

        String description) {

    /**
     * @param message what Argo CD calls it
     * @param key the idempotency key; absent: each request makes another
     * @param owner who it is to speak for, in words that no other owner has
     */
    static NewToken read(Sent body, String message, @Nullable String key, String owner) {
        Body sent = Body.argo(body, message);
        return new NewToken(
                sent.text("id"),
                sent.textOrEmpty("description"),
                Optional.of(sent.integer("expiresIn")),
                Optional.empty(),
                NewToken.Restricted.NOT,
                IdempotencyKey.of(key, sent, "token of " + owner));
    }

    /** The one reply that shows it. */
    @Serdeable
    @Schema(name = "CreateTokenResponse")
    record TokenView(String token) {
        static TokenView of(IssuedToken issued) {
            return new TokenView(issued.secret().reveal());
        }

        @Override
        public String toString() {
            return "TokenView[…]";
        }
    }
}
