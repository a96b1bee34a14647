package dev.gatehouse.adapters.security.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.security.Base64Url;
import dev.gatehouse.adapters.testkit.token.TokenFixtures;
import dev.gatehouse.adapters.testkit.token.TokenSignerContract;
import dev.gatehouse.domain.token.PublishedKeys;
import dev.gatehouse.domain.token.SigningKey.Algorithm;
import dev.gatehouse.domain.token.TokenClaims;
import dev.gatehouse.domain.token.TokenSigner;
import dev.gatehouse.domain.token.TokenVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Algorithm.class)
class JwtSignerTest implements TokenSignerContract {
    private final Workshop workshop;

    JwtSignerTest(Algorithm algorithm) {
        workshop = Workshop.of(algorithm);
    }

    @Override
    public TokenSigner tokenSigner() {
        return new JwtSigner(workshop.ring());
    }

    @Override
    public TokenVerifier tokenVerifier() {
        return workshop.verifier();
    }

    @Override
    public PublishedKeys publishedKeys() {
        return new RingPublishedKeys(workshop.ring());
    }

    @Test
    void header_and_claims_are_these_and_in_this_order() {
        TokenClaims claims = new TokenClaims(
                "argocd",
                "proj:café \"x\"\\:ci",
                "a-1",
                Instant.ofEpochSecond(1_800_000_000),
                Instant.ofEpochSecond(1_800_000_001),
                Optional.of(Instant.ofEpochSecond(1_900_000_000)));
        String[] parts = tokenSigner().sign(claims).reveal().split("\\.");

        assertThat(text(parts[0])).isEqualTo(workshop.header());
        assertThat(text(parts[1]))
                .isEqualTo("{\"iss\":\"argocd\",\"sub\":\"proj:café \\\"x\\\"\\\\:ci\",\"exp\":1900000000,"
                        + "\"nbf\":1800000001,\"iat\":1800000000,\"jti\":\"a-1\"}");
    }

    @Test
    void the_expression_that_the_readme_gives_to_secret_scanners_finds_every_token() throws IOException {
        Matcher readme = Pattern.compile("The expression `([^`]+)` finds every one of them")
                .matcher(Files.readString(Path.of("../README.md")));
        assertThat(readme.find()).isTrue();
        Pattern expression = Pattern.compile(readme.group(1));
        TokenClaims smallest = new TokenClaims("i", "s", "j", Instant.EPOCH, Instant.EPOCH, Optional.empty());

        for (TokenClaims each : List.of(TokenFixtures.claims(), TokenFixtures.endlessClaims(), smallest)) {
            String token = tokenSigner().sign(each).reveal();
            Matcher found = expression.matcher("export TOKEN=\"" + token + "\"\n");
            assertThat(found.find()).isTrue();
            assertThat(found.group()).isEqualTo(token);
        }
    }

    private static String text(String part) {
        return new String(Base64Url.decode(part).orElseThrow(), UTF_8);
    }
}
