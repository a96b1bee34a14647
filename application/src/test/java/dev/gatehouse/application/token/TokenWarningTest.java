package dev.gatehouse.application.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.application.World;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry;
import dev.gatehouse.domain.token.KindPolicy;
import dev.gatehouse.domain.token.TokenPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenWarningTest {
    private static final String CI = "proj:demo:ci";
    private static final Duration HOUR = Duration.ofHours(1);

    private final World world = new World();

    TokenWarningTest() {
        world.project("demo");
    }

    @Test
    void of_a_token_that_is_to_end_soon_the_audit_tells_once() {
        warnBefore(Optional.empty());
        IssuedToken soon = token("short", 7_200);
        token("long", 86_400);
        token("endless", 0);
        warn();
        assertThat(warnings()).isEmpty();

        world.clock.advance(HOUR);
        warn();
        warn();

        assertThat(warnings()).hasSize(1);
        AuditEntry warning = warnings().getFirst();
        assertThat(warning.target().name()).isEqualTo("ci/short");
        assertThat(warning.changes())
                .containsExactly(
                        new AuditEntry.Change(
                                "endsAt",
                                "",
                                soon.token().expiresAt().orElseThrow().toString()),
                        new AuditEntry.Change("endsBy", "", "expiry"));
    }

    @Test
    void without_a_length_of_time_in_the_policy_nobody_is_warned() {
        token("short", 60);
        warn();
        assertThat(warnings()).isEmpty();
    }

    @Test
    void who_was_warned_of_inactivity_and_is_used_again_is_warned_again_before_the_next_end() {
        warnBefore(Optional.of(HOUR.multipliedBy(3)));
        IssuedToken token = token("k", 0);
        world.clock.advance(HOUR.multipliedBy(2).plusMinutes(1));
        warn();
        assertThat(warnings()).hasSize(1);

        world.caller(token.secret());
        world.lastUses.write();
        warn();
        assertThat(warnings()).hasSize(1);

        world.clock.advance(HOUR.multipliedBy(2).plusMinutes(1));
        warn();
        assertThat(warnings()).hasSize(2);
        assertThat(warnings())
                .allSatisfy(
                        each -> assertThat(each.changes()).contains(new AuditEntry.Change("endsBy", "", "inactivity")));
    }

    private void warnBefore(Optional<Duration> unusedFor) {
        KindPolicy policy = new KindPolicy(
                Optional.empty(), Optional.empty(), true, unusedFor, Optional.empty(), Optional.of(HOUR));
        world.tokenPolicies.store(Optional.empty(), new TokenPolicy(KindPolicy.LENIENT, policy, 0));
        world.changes.count();
    }

    private IssuedToken token(String name, long seconds) {
        return world.managingTokens.issue(world.admin(), CI, new NewToken(Optional.of(name), "", seconds));
    }

    private void warn() {
        world.warningOfEnds.warn(World.origin());
    }

    private List<AuditEntry> warnings() {
        return world.entries(AuditAction.TOKEN_WARNED);
    }
}
